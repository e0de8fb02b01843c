/** Texts of exports and assessment reports in Chinese. */
export const reports = {
  export: '导出',
  exportAll: '导出全部',
  exportAs: '{{caption}}：导出为 {{format}}',
  csv: 'CSV',
  xlsx: 'Excel',
  exporting: '正在生成文件……',
};
