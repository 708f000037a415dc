/** A sample's value as Prometheus writes it: Go's shortest form, exponents below 1e-6 and from 1e21 on. */
export function formatValue(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const size = Math.abs(value);
  return size < 1e-6 || size >= 1e21 ? formatExponent(value) : String(value);
}

/** Always with an exponent, as alerts show their value: `1e+00`, `2.5e-07`. */
export function formatExponent(value: number): string {
  if (!Number.isFinite(value)) return formatValue(value);
  const [digits = '', sign = '+', power = '0'] =
    /^(.*)e([+-])(\d+)$/.exec(value.toExponential())?.slice(1) ?? [];
  return `${digits}e${sign}${power.padStart(2, '0')}`;
}
