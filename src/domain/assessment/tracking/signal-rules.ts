import type { Text } from '../../basics/index.ts';

/** What each signal looks for, in words: public, so that whoever is assessed can check it and dispute it. A test keeps one for each signal. */
export const signalRules: Readonly<Record<string, Text>> = {
  'exposed-remote-desktop': {
    zh: '可从互联网访问的资产上，端口 3389 开放，或服务被识别为远程桌面（RDP）。远程访问全部启用多因素认证时不妨碍达到投保门槛。',
    en: 'An asset reachable from the internet has port 3389 open, or a service recognised as remote desktop. It does not block the gate when all remote access has a second factor.',
  },
  'exposed-file-sharing': {
    zh: '可从互联网访问的资产上，端口 139 或 445 开放，或服务被识别为 SMB 文件共享。',
    en: 'An asset reachable from the internet has port 139 or 445 open, or a service recognised as SMB file sharing.',
  },
  'exposed-database': {
    zh: '可从互联网访问的资产上，常见数据库端口（如 1433、3306、5432、6379、27017）开放，或服务被识别为数据库。',
    en: 'An asset reachable from the internet has a usual database port open (such as 1433, 3306, 5432, 6379, 27017), or a service recognised as a database.',
  },
  'exposed-admin': {
    zh: '可从互联网访问的资产上，检查项名称表明存在管理后台或控制台（如 phpMyAdmin、Jenkins、Nacos）。远程访问全部启用多因素认证时不妨碍达到投保门槛；软件包等第三方组件自身的漏洞不计。',
    en: 'On an asset reachable from the internet the check names an administration interface (such as phpMyAdmin, Jenkins, Nacos). It does not block the gate when all remote access has a second factor; vulnerabilities of packages and other third-party components do not count.',
  },
  'self-managed-vpn': {
    zh: '可从互联网访问的资产上，检查项名称表明是自建的 Cisco 或 Citrix SSL VPN。',
    en: 'On an asset reachable from the internet the check names a self-managed SSL VPN of Cisco or Citrix.',
  },
  'exposed-cisco-asa': {
    zh: '可从互联网访问的资产上，检查项名称表明是 Cisco ASA 设备。',
    en: 'On an asset reachable from the internet the check names a Cisco ASA device.',
  },
  'end-of-life-software': {
    zh: '检查项名称表明软件或操作系统已停止维护。',
    en: 'The check says that software or an operating system is past its end of life.',
  },
  'exposed-fortinet': {
    zh: '可从互联网访问的资产上，检查项名称表明是 Fortinet 设备。',
    en: 'On an asset reachable from the internet the check names a Fortinet device.',
  },
  'exposed-telnet': { zh: '端口 23 开放，或服务被识别为 Telnet。', en: 'Port 23 is open, or a service is recognised as Telnet.' },
  'remote-access-service': {
    zh: '可从互联网访问的资产上，端口 22、500、1194、1701、1723、4500、5900、5901 或 5938 开放，服务被识别为 SSH、VPN、VNC 等远程接入，或检查项名称表明是 VPN 网关、堡垒机或远程控制软件。',
    en: 'An asset reachable from the internet has port 22, 500, 1194, 1701, 1723, 4500, 5900, 5901 or 5938 open, a service recognised as remote access (SSH, VPN, VNC), or the check names a VPN gateway, bastion or remote control software.',
  },
  'exposed-industrial': {
    zh: '可从互联网访问的资产上，端口 102、502、20000 或 44818 开放，或服务被识别为工业控制协议（如 Modbus、S7）。',
    en: 'An asset reachable from the internet has port 102, 502, 20000 or 44818 open, or a service recognised as an industrial control protocol (such as Modbus, S7).',
  },
  'weakness-in-source': {
    zh: '发现指向源代码等文件，带有 CWE，且不是第三方组件的 CVE。',
    en: 'The finding points at a file such as source code, with a CWE, and is no CVE of a component of others.',
  },
  'weak-transport': {
    zh: '检查项名称表明使用了过时的加密协议或算法（SSL、TLS 1.0/1.1、RC4、3DES 等）；仅为提示级的不计；软件包等第三方组件自身的漏洞不计。',
    en: 'The check names an outdated protocol or cipher (SSL, TLS 1.0 or 1.1, RC4, 3DES and the like); information alone does not count; vulnerabilities of packages and other third-party components do not count.',
  },
  'bad-certificate': {
    zh: '检查项名称表明证书过期、自签名、不可信或域名不符；仅为提示级的不计；软件包等第三方组件自身的漏洞不计。',
    en: 'The check says that a certificate is expired, self-signed, not trusted or for another name; information alone does not count; vulnerabilities of packages and other third-party components do not count.',
  },
  'default-credentials': {
    zh: '检查项名称表明存在默认口令、弱口令，或服务无需认证即可访问；软件包等第三方组件自身的漏洞不计。',
    en: 'The check says that default or weak credentials are accepted, or that a service needs none; vulnerabilities of packages and other third-party components do not count.',
  },
  injection: {
    zh: '发现的 CWE 属于注入类（如 CWE-78、CWE-89、CWE-94），或检查项名称表明是注入漏洞；软件包等第三方组件自身的漏洞不计。',
    en: 'The finding has a CWE of injection (such as CWE-78, CWE-89, CWE-94), or the check names an injection; vulnerabilities of packages and other third-party components do not count.',
  },
  'missing-web-protection': {
    zh: '检查项名称表明缺少网页安全响应头（CSP、HSTS、X-Frame-Options 等）；软件包等第三方组件自身的漏洞不计。',
    en: 'The check says that a web security header is missing (CSP, HSTS, X-Frame-Options and the like); vulnerabilities of packages and other third-party components do not count.',
  },
  'leaked-secret': {
    zh: '发现的 CWE 为 259、321 或 798，或检查项名称表明密钥、口令被写入代码或镜像；软件包等第三方组件自身的漏洞不计。',
    en: 'The finding has CWE 259, 321 or 798, or the check says that a secret is kept in code or an image; vulnerabilities of packages and other third-party components do not count.',
  },
  'unsafe-configuration': {
    zh: '云、容器或系统的基线检查未通过；软件包等第三方组件的发现不计。',
    en: 'A hardening check of a cloud, container or system failed; findings on packages and other third-party components do not count.',
  },
  'vulnerable-component': { zh: '软件包含严重或高危且有 CVE 编号的漏洞。', en: 'A package has a severe or high vulnerability with a CVE.' },
  'overdue-patch': {
    zh: '可从互联网访问的资产存在严重或高危且有 CVE 编号的漏洞。',
    en: 'An asset reachable from the internet has a severe or high vulnerability with a CVE.',
  },
};
