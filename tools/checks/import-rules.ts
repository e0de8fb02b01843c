const test = '\\.(test|laws)\\.tsx?$|/laws\\.ts$';
const doors = 'http|cli|worker|agent';

/** A rule of dependency-cruiser. */
interface Rule {
  readonly name: string;
  readonly comment: string;
  readonly severity: 'error';
  readonly from: object;
  readonly to: object;
}

type Floors = readonly (readonly string[])[];

/**
 * Dependency-cruiser's rules from the list of floors, lowest first, and the list of libraries of the domain.
 */
export function importRules(floors: Floors, libraries: readonly string[]): Rule[] {
  return [...floorRules(floors), ...domainRules(libraries), ...layerRules(), ...generalRules()];
}

/** One rule for each module: not upwards, not sideways. */
function floorRules(floors: Floors): Rule[] {
  return floors.flatMap((floor, level) =>
    floor.map((module) => {
      const notBelow = floors
        .slice(level)
        .flat()
        .filter((other) => other !== module);
      return forbid(
        `floor-of-${module}`,
        `${module} stands on floor ${level + 1} and imports only lower floors`,
        { path: `^src/domain/${module}/` },
        { path: `^src/domain/(${notBelow.join('|') || '$'})/` },
      );
    }),
  );
}

function domainRules(libraries: readonly string[]): Rule[] {
  const npm = libraries.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  return [
    forbid(
      'front-door',
      'a domain module is entered through its index.ts only',
      { path: '^src/domain/([^/]+)/' },
      { path: '^src/domain/(?!$1/)[^/]+/', pathNot: '^src/domain/[^/]+/index\\.ts$' },
    ),
    forbid(
      'front-door-from-outside',
      'a domain module is entered through its index.ts only',
      { path: '^src/(app|http|worker|agent|start)/' },
      { path: '^src/domain/[^/]+/', pathNot: '^src/domain/[^/]+/index\\.ts$' },
    ),
    forbid(
      'domain-stays-pure',
      'the domain uses no Node module: it runs in a browser too',
      { path: '^src/domain/', pathNot: test },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'domain-knows-no-world',
      'the domain imports nothing that touches the world',
      { path: '^src/domain/' },
      { path: `^(src/(app|io|${doors}|start)|web|test|tools|bench)/`, pathNot: '^test/(shared/)?[^/]+\\.ts$' },
    ),
    forbid(
      'domain-libraries',
      'the domain uses only the libraries named in src/domain/libraries.ts',
      { path: '^src/domain/', pathNot: test },
      { path: 'node_modules/', pathNot: `node_modules/(${npm})/` },
    ),
  ];
}

function layerRules(): Rule[] {
  return [
    forbid(
      'app-knows-io-by-type',
      'the application uses the interfaces of src/io as types; start hands it the parts',
      { path: '^src/app/', pathNot: test },
      { path: '^src/io/', dependencyTypesNot: ['type-only'] },
    ),
    forbid('app-below-doors', 'the application knows no door', { path: '^src/app/', pathNot: test }, { path: `^(src/(${doors}|start)|web)/` }),
    forbid(
      'io-below-app',
      'what touches the world does not know the application',
      { path: '^src/io/', pathNot: test },
      { path: `^(src/(app|${doors}|start)|web)/`, dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'doors-apart',
      'a door does not know another door',
      { path: `^src/(${doors})/`, pathNot: test },
      { path: `^src/(${doors}|start)/`, pathNot: '^src/$1/' },
    ),
    // Reading reports and making documents apart need no set-up and no database, so the commands without a database call them themselves.
    forbid(
      'doors-know-io-by-type',
      'a door is handed the parts it uses by start',
      { path: `^src/(${doors})/`, pathNot: test },
      { path: '^src/io/', pathNot: '^src/io/(reading|documents)/', dependencyTypesNot: ['type-only'] },
    ),
    forbid('web-alone', 'the portal knows the domain and its own client, nothing else of src', { path: '^web/', pathNot: test }, { path: '^src/(?!domain/)' }),
    forbid(
      'start-on-top',
      'only start knows everything, and nothing knows start',
      { path: '^(src|web)/', pathNot: `^src/start/|${test}` },
      { path: '^src/start/' },
    ),
  ];
}

function generalRules(): Rule[] {
  return [
    forbid(
      'no-circle',
      'files that import each other in a circle cannot be understood one at a time',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    forbid('no-test-inside', 'the product does not import its tests', { path: '^(src|web)/', pathNot: test }, { path: `${test}|^test/` }),
    forbid(
      'no-development-library',
      'the product does not use packages that are only installed for development',
      { path: '^src/', pathNot: `${test}|sample\\.ts$` },
      { dependencyTypes: ['npm-dev'] },
    ),
    forbid('resolves', 'every import leads somewhere', {}, { couldNotResolve: true }),
  ];
}

const forbid = (name: string, comment: string, from: object, to: object): Rule => ({ name, comment, severity: 'error', from, to });
