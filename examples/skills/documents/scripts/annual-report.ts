/** A block of the demo report. A table row is a list of cells. */
export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[] };

export interface ReportPage {
  readonly title: string;
  readonly blocks: readonly Block[];
}

const heading = (text: string): Block => ({ kind: 'heading', text });
const paragraph = (text: string): Block => ({ kind: 'paragraph', text });

/** What the printed annual report of the demo's tool library says. */
export const ANNUAL_REPORT: readonly ReportPage[] = [
  {
    title: 'Annual report 2025',
    blocks: [
      heading('Harbour Lane Tool Library'),
      paragraph(
        'In its sixth year the tool library lent 2,914 tools to 412 members. Thirty-eight volunteers kept the doors open ' +
          'on 146 days. For the first time we lent more power tools than hand tools, and for the first time nobody had ' +
          'to be asked twice to bring a ladder back.',
      ),
      paragraph(
        'The year had two shadows: the accident with the table saw in May, told in full on page 3, and an insurance ' +
          'premium that has doubled in three years. Both have changed how we work.',
      ),
      paragraph(
        'We thank the quarter fund, the housing company, and Zoë Brandt of Café Zoë, whose counter took in 371 tools ' +
          'outside our opening hours without losing a single one.',
      ),
      heading('The committee'),
      paragraph(
        'Ilse Okafor (chair and safety), Renée Dubois (treasurer), Tomasz Wisniewski (workshop), Paul Haas (members), ' +
          'Zoë Brandt (co-opted).',
      ),
    ],
  },
  {
    title: 'Lending in figures',
    blocks: [
      paragraph(
        'Lending grew by 9 per cent. The growth came from spring alone: in the moving season from March to May we lent as ' +
          'much as in the whole second half of the year.',
      ),
      {
        kind: 'table',
        rows: [
          ['Tool', 'Loans 2024', 'Loans 2025', 'Late returns'],
          ['Cordless drill', '388', '431', '12'],
          ['Orbital sander', '241', '297', '9'],
          ['Extension ladder', '263', '255', '0'],
          ['Wallpaper steamer', '118', '164', '21'],
          ['Rotary hammer', '97', '121', '4'],
          ['Table saw', '64', '31', '0'],
          ['Pressure washer', '58', '77', '6'],
        ],
      },
      heading('What was missing'),
      paragraph(
        'Members asked 54 times for a sander while both were out, and 17 times for a tile cutter, which we do not own. ' +
          'A second belt sander is at the top of the list for 2026. We continue to lend no chain saws.',
      ),
    ],
  },
  {
    title: 'Repairs and safety',
    blocks: [
      heading('The accident of 17 May'),
      paragraph(
        'A member was cutting a shelf board along the grain at home. The riving knife had been taken off for a grooving ' +
          'cut and not put back. The board closed on the blade and was thrown back; the member broke two fingers and has ' +
          'since recovered completely. Workers in the trade call this kickback, and it takes a tenth of a second.',
      ),
      paragraph(
        'What we changed: the table saw is lent after a course of two hours only, the riving knife is fixed with a screw ' +
          'that needs a key, and push sticks hang on the machine. Until the end of the year 27 members took the course.',
      ),
      heading('The repair bench'),
      paragraph(
        'The bench met on 44 Tuesdays and repaired 203 of 231 tools brought to it. The most frequent fault was, for the ' +
          'sixth year in a row, a cable damaged close to the grip. Spare parts cost 1,268 euros; buying the tools again ' +
          'would have cost about 14,000.',
      ),
    ],
  },
  {
    title: 'Money and outlook',
    blocks: [
      {
        kind: 'table',
        rows: [
          ['Item', 'Income EUR', 'Expenses EUR'],
          ['Membership fees', '10,830', ''],
          ['Grants and donations', '3,450', ''],
          ['Rent', '', '3,840'],
          ['Insurance', '', '985'],
          ['New tools', '', '4,612'],
          ['Repairs and spare parts', '', '1,268'],
          ['Courses and open day', '410', '733'],
        ],
      },
      paragraph(
        'The year closes with a surplus of 3,252 euros, which goes to the reserve for machines. The treasurer expects ' +
          'the insurance premium to pass 1,100 euros in 2026.',
      ),
      heading('Plans for 2026'),
      paragraph(
        'An open day on 9 May; a monthly sharpening evening if enough members come; a new brake for the table saw, should ' +
          'the inspection ask for one; and a catalogue that can be read on a telephone. If a young volunteer would like ' +
          'to learn how a repair bench works, Tomasz has a stool free.',
      ),
    ],
  },
];
