/** Tests against reference data that are not part of the project must not be skipped unnoticed where the data are. */

const skipped = '未找到旁边的 shared 参考数据，相关测试已跳过。The shared reference data beside this folder are absent; the tests that read them were skipped.';

/**
 * Whether the shared data were used as they should have been: `fault` when they were expected and no test under test/shared ran, `word` for the reader otherwise.
 * They are expected in CI where the folder is there, and wherever RISKLOOP_SHARED=required says so.
 */
export function sharedUse(testResults, { present, env }) {
  const ran = testResults
    .filter(({ name }) => name.includes('/test/shared/'))
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'passed' || status === 'failed').length;
  const expected = env.RISKLOOP_SHARED === 'required' || (Boolean(env.CI) && present);
  if (ran === 0 && expected) return { fault: 'the shared reference data were expected, but no test used them', word: null };
  return { fault: null, word: present ? null : skipped };
}
