type Facts = Readonly<Record<string, unknown>>;

const named = (value: unknown): string =>
  value === undefined || value === null ? '' : `：${typeof value === 'object' ? JSON.stringify(value) : String(value)}`;
const option = ({ field }: Facts): string => (field === undefined ? '选项' : `选项 --${String(field)}`);

type Sentences = Readonly<Record<string, (facts: Facts) => string>>;

const at = ({ position }: Facts): string => (typeof position === 'string' ? `（位置 ${position}）` : '');

/** Of a report or a threat feed that could not be read whole; none of its content counts. */
const ofReading: Sentences = {
  'archive-empty': () => '压缩包里没有文件',
  'archive-encrypted': () => '压缩包设有密码',
  'archive-link-forbidden': () => '压缩包内有链接，不予展开',
  'archive-members-overlap': () => '压缩包内的文件互相重叠，不予展开',
  'archive-names-collide': () => '压缩包内有重名文件，不予展开',
  'archive-nested': () => '压缩包内还有压缩包，不予展开',
  'archive-path-forbidden': () => '压缩包内的路径指向包外，不予展开',
  'archive-too-large': () => '压缩包过大或所含文件过多',
  'bad-encoding': (facts) => `文件中有不属于其编码的内容${at(facts)}`,
  'dtd-not-allowed': (facts) => `XML 文件含有不允许的文档类型定义${at(facts)}`,
  'duplicate-key': (facts) => `JSON 中同一个键出现了两次${at(facts)}`,
  'feed-count-differs': () => '目录自述的条数与实际不符',
  'feed-cut-short': () => '威胁情报文件不完整',
  'feed-empty': () => '威胁情报文件没有内容',
  'feed-entry-repeated': (facts) => `威胁情报中同一漏洞列了两次${at(facts)}`,
  'feed-entry-unreadable': (facts) => `威胁情报中有一条无法识别${at(facts)}`,
  'file-not-readable': () => '没有读到这份文件',
  'malformed-csv': (facts) => `CSV 文件格式有误${at(facts)}`,
  'malformed-json': (facts) => `JSON 文件格式有误${at(facts)}`,
  'malformed-xml': (facts) => `XML 文件格式有误${at(facts)}`,
  'nested-too-deep': (facts) => `文件的嵌套层数超过上限${at(facts)}`,
  'port-out-of-range': (facts) => `报告中的端口号超出范围${at(facts)}`,
  'report-reading-crashed': () => '读取报告时中断',
  'report-too-large': () => '报告超过大小上限',
  'row-does-not-fit': (facts) => `表格有一行的列数与表头不符${at(facts)}`,
  'scan-time-in-future': () => '报告的扫描时间还没有到',
  'text-too-long': (facts) => `报告中有一段文字超过长度上限${at(facts)}`,
  'too-large': (facts) => `文件超过大小上限${at(facts)}`,
  'too-many-attributes': (facts) => `XML 的一个元素属性过多${at(facts)}`,
  'too-many-elements': (facts) => `文件的元素过多${at(facts)}`,
  'too-many-findings': () => '报告的发现数超过上限',
  'unexpected-shape': (facts) => `文件结构与所识别的格式不符${at(facts)}`,
  'unknown-feed-format': () => '没有认出这份威胁情报的格式',
  'unknown-scanner-format': () => '没有认出这份文件的格式',
  'unsupported-encoding': () => '不支持文件所用的编码，请另存为 UTF-8',
};

/** What the command line says in Chinese of each refusal that its commands without a database can meet. */
const sentences: Sentences = {
  ...ofReading,
  'archive-damaged': ({ file }) => `压缩文件已损坏或不是 gzip${named(file)}`,
  'asset-unreadable': ({ asset }) => `所申报的资产不是域名、IP 地址或网段${named(asset)}`,
  'bad-argument': (facts) => `${option(facts)} 的取值无效`,
  'bad-usage': () => '命令用法不对',
  'content-invalid': () => '保险人资料（content）有误',
  'coverage-not-offered': ({ coverage }) => `该保障只作记录，不承保${named(coverage)}`,
  'coverage-twice': ({ coverage }) => `同一保障选了两次${named(coverage)}`,
  'coverage-unknown': ({ coverage }) => `没有这项保障${named(coverage)}`,
  'file-absent': ({ file }) => `没有这个文件${named(file)}`,
  'file-missing': () => '没有这个文件',
  'file-not-found': () => '没有这个文件',
  'file-too-large': ({ file, limit }) => `文件过大${named(file)}${limit === undefined ? '' : `（上限 ${String(limit)} 字节）`}`,
  'invalid-input': ({ file, faults }) => `内容不符合要求${named(file)}${faults === undefined ? '' : `，共 ${String(faults)} 处`}，逐项如下`,
  'missing-column': ({ field }) => `表格缺少列${named(field)}`,
  'nobody-named': () => '请用 --as 邮箱 或环境变量 RISKLOOP_KEY 说明由谁操作',
  'not-csv': () => '文件不是规范的 CSV',
  'not-in-force': ({ id, from }) => `${String(id)} 自 ${String(from)} 起才生效`,
  'not-signed-in': () => 'API 密钥已失效',
  'not-utf-8': () => '文件不是 UTF-8 文本，请另存为 CSV UTF-8',
  'proposal-invalid': ({ file }) => `费率提案有误${named(file)}，逐项如下`,
  'quote-expired': () => '报价已过有效期',
  'ratebook-currency-differs': ({ expected, currency }) => `费率以 ${String(expected)} 计，所填金额为 ${String(currency)}`,
  'repeated-column': ({ field }) => `表格中同一列出现两次${named(field)}`,
  'share-missing': () => '回答“部分”时须写明比例',
  'unknown-incident': ({ incident }) => `事件库中没有这一事件${named(incident)}`,
  'unknown-person': () => '该机构没有这个邮箱的成员',
  'unknown-profile': ({ profile, inForce }) =>
    `没有这个评估方案，或尚未施行${named(profile)}${inForce === undefined ? '' : `；在施行的方案：${String(inForce)}`}`,
  'unreadable-input': ({ file, position }) =>
    `文件不是 UTF-8 的 YAML 或 JSON${named(file)}${position === null || position === undefined ? '' : `（位置 ${String(position)}）`}`,
  'waiting-period-not-time-based': ({ coverage }) => `该保障不按时间计算，没有等待期${named(coverage)}`,
  'wrong-questionnaire': () => '这些回答属于另一版问卷',
};

/** The sentence of a refusal in Chinese; null where the command line has none, and the detail stands alone. */
export const inChinese = (code: string, facts: Facts): string | null => (Object.hasOwn(sentences, code) ? sentences[code]!(facts) : null);
