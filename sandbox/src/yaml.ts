const PLAIN = /^[A-Za-z][A-Za-z0-9_.-]*$/;
const RESERVED = /^(true|false|null|yes|no|on|off)$/i;

/** What a YAML document of ours may hold. */
export type YamlValue =
  | string
  | number
  | boolean
  | YamlValue[]
  | { [key: string]: YamlValue };

// a JSON string is a YAML string: no escaping of our own
const text = (value: string) =>
  PLAIN.test(value) && !RESERVED.test(value) ? value : JSON.stringify(value);

/** Block-style YAML of plain data. */
export function toYaml(value: YamlValue, indent = ''): string {
  if (typeof value === 'string') return text(value);
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return value
      .map(
        item =>
          `\n${indent}- ${toYaml(item, `${indent}  `).replace(/^\n\s*/, '')}`,
      )
      .join('');
  }
  const keys = Object.keys(value);
  if (keys.length === 0) return '{}';
  return keys
    .map(key => {
      const inner = toYaml(value[key], `${indent}  `);
      return `\n${indent}${text(key)}:${
        inner.startsWith('\n') ? '' : ' '
      }${inner}`;
    })
    .join('');
}
