/** Areas of the threat model whose cases run against the sandbox itself. */
export type Area = 'IS' | 'RS' | 'BD' | 'OS' | 'IP';

/** Every number of the threat model's corpus in those areas. Numbers are stable and have gaps. */
export const CORPUS_NUMBERS: Readonly<Record<Area, readonly number[]>> = {
  IS: [34, 35, 37, 38, 39, 40, 41, 42, 44, 46, 47, 48, 49, 50, 51, 52, 54, 55],
  RS: [56, 57, 59, 60, 61, 63, 64, 66, 67, 69, 70, 71, 72, 74, 75, 76, 77, 78, 79, 80, 81, 83, 84, 86, 87, 88, 89],
  BD: [90, 91, 93, 94, 95, 96, 97, 99, 100, 101, 102, 103, 104, 105, 107],
  OS: [108, 110, 111, 112, 113, 114, 115, 117, 118, 119, 120, 122, 123, 125, 126, 127, 128, 129, 131, 132, 133],
  IP: [134, 136, 137, 138, 139, 140, 142, 143, 144, 145, 147, 148, 149, 150, 151, 153, 154, 155],
};

/** `IS-034`. */
export function caseId(area: Area, number: number): string {
  return `${area}-${String(number).padStart(3, '0')}`;
}
