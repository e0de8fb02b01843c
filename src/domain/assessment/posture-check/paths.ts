/** A path that is visited, and by what its answer is recognised. `kind` is the rule that it belongs to. */
export interface KnownPath {
  readonly path: string;
  readonly kind: 'admin' | 'secret';
  readonly name: string;
  /** Matches the body of a 200 answer; null where a demand for credentials (401) is the sign. */
  readonly sign: RegExp | null;
}

const admin = (path: string, name: string, sign: RegExp | null): KnownPath => ({ path, kind: 'admin', name, sign });

/** The short list of paths, public as every rule is. An answer counts only when its body shows the thing itself, because many sites answer 200 to everything. */
export const knownPaths: readonly KnownPath[] = [
  admin('/admin/', 'admin login', /<title>[^<]*(admin|后台|管理)[^<]*<\/title>[\s\S]*type=["']?password/i),
  admin('/phpmyadmin/', 'phpMyAdmin', /phpmyadmin/i),
  admin('/adminer.php', 'Adminer', /adminer/i),
  admin('/manager/html', 'Tomcat Manager', null),
  admin('/nacos/', 'Nacos', /nacos/i),
  admin('/druid/index.html', 'Druid monitor', /druid (stat|monitor)/i),
  admin('/actuator/env', 'Spring Boot actuator', /"propertySources"/),
  admin('/server-status', 'Apache server status', /Apache Server Status/),
  admin('/solr/', 'Solr admin', /solr admin/i),
  admin('/console/login/LoginForm.jsp', 'WebLogic console', /weblogic/i),
  admin('/jenkins/login', 'Jenkins', /jenkins/i),
  admin('/grafana/login', 'Grafana', /grafana/i),
  admin('/wp-login.php', 'WordPress login', /wp-submit|wordpress/i),
  { path: '/.git/HEAD', kind: 'secret', name: 'Git repository', sign: /^(ref: refs\/|[0-9a-f]{40}\s*$)/ },
  { path: '/.env', kind: 'secret', name: 'environment file', sign: /^[A-Z][A-Z0-9_]*\s*=/m },
];

/** Whether an answer is the thing that the path is known for. */
export function recognisesPath({ sign }: KnownPath, answer: { readonly status: number; readonly body: string; readonly asksForCredentials: boolean }): boolean {
  if (sign === null) return answer.status === 401 && answer.asksForCredentials;
  return answer.status === 200 && sign.test(answer.body);
}
