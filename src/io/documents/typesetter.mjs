// The process in which documents are typeset. It receives { id, template, sheet, seconds } and answers { id, pdf } or { id, fault }.
// Plain JavaScript, so that it starts the same under tsx, under a test runner and on its own.
import { readFileSync } from 'node:fs';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

const [workspace, ...fonts] = process.argv.slice(2);
const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs: fonts.map((font) => readFileSync(font)) }] });

process.on('disconnect', () => process.exit());
process.on('message', ({ id, template, sheet, seconds }) => {
  try {
    process.send({ id, pdf: typeset(template, sheet, seconds) });
  } catch (fault) {
    process.send({ id, fault: fault instanceof Error ? fault.message : String(fault) });
  }
});

function typeset(template, sheet, seconds) {
  const compiled = compiler.compile({ mainFilePath: `${workspace}/${template}.typ`, inputs: { sheet } });
  if (compiled.hasError()) throw new Error(JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics ?? 'the template does not compile').slice(0, 2000));
  const pdf = compiler.pdf(compiled.result, { pdfStandard: 'a-2a', creationTimestamp: seconds });
  compiler.evictCache(10);
  return pdf;
}
