// Who may import whom. The floors come from src/domain/floors.ts, the libraries of the domain from src/domain/libraries.ts.
import { fileURLToPath } from 'node:url';
import { tsImport } from 'tsx/esm/api';

const { floors } = await tsImport('./src/domain/floors.ts', import.meta.url);
const { importRules } = await tsImport('./tools/checks/import-rules.ts', import.meta.url);
const { libraries } = await tsImport('./src/domain/libraries.ts', import.meta.url);

export default {
  forbidden: importRules(floors, libraries),
  options: {
    tsConfig: { fileName: fileURLToPath(new URL('./tsconfig.json', import.meta.url)) },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage|\\.cache)/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
