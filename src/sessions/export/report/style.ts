/** For paper, light and in black and white first: what matters is told by shape, dash and word. It fits A4 and Letter. */
export const STYLE = `
@page { margin: 11mm 12mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 0; width: 100%; max-width: 186mm; color: #111; background: #fff; }
body { font: 8.5pt/1.3 system-ui, "Segoe UI", Arial, sans-serif; }
@media screen { body { padding: 8mm 4mm; } }
header { display: flex; justify-content: space-between; align-items: flex-start; gap: 4mm; }
header { border-bottom: 0.4mm solid #111; padding-bottom: 1.5mm; }
h1 { font-size: 15pt; line-height: 1.1; margin: 0 0 0.6mm; }
h2 { font-size: 9pt; margin: 0 0 0.8mm; }
p { margin: 0; }
.one { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; max-width: 150mm; }
.source { border: 0.5mm solid #111; padding: 0.6mm 2.4mm; font-weight: 700; letter-spacing: 0.08em; }
.done { margin: 2mm 0 1.5mm; font-size: 10pt; }
table { width: 100%; border-collapse: collapse; font-size: 8pt; }
th, td { padding: 0.5mm 0.8mm; text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; vertical-align: middle; }
th { font-weight: 700; font-size: 7.2pt; vertical-align: bottom; }
thead th { border-bottom: 0.25mm solid #111; white-space: normal; }
tbody td, tbody th { border-bottom: 0.1mm solid #bbb; height: 5.4mm; }
tbody th { font-size: 8pt; max-width: 30mm; overflow: hidden; text-overflow: ellipsis; }
th:first-child, td.left { text-align: left; padding-left: 0; }
td svg { display: inline-block; vertical-align: middle; }
.flag { font-weight: 700; }
.plot { display: block; width: 100%; margin-top: 2.5mm; }
svg text { font: 2.5px system-ui, "Segoe UI", Arial, sans-serif; fill: #111; }
svg .title { font-weight: 700; font-size: 3.1px; }
svg .end { text-anchor: end; } svg .middle { text-anchor: middle; } svg .strong { font-weight: 700; text-decoration: underline; }
svg .line { fill: none; stroke: #0b5c99; stroke-width: 0.35; stroke-linejoin: round; }
svg .limit { stroke: #111; stroke-width: 0.4; stroke-dasharray: 1.6 0.9; }
svg .band { fill: #e4e4e4; }
svg .grid { stroke: #ccc; stroke-width: 0.1; }
svg .border { stroke: #777; stroke-width: 0.15; }
svg .mark { stroke: #999; stroke-width: 0.15; stroke-dasharray: 0.4 0.6; }
svg .frame { fill: none; stroke: #111; stroke-width: 0.2; }
svg .fill { fill: #0b5c99; }
svg .other { fill: #fff; stroke: #0b5c99; stroke-width: 0.3; }
.columns { display: grid; grid-template-columns: 1fr 1fr 1fr; gap: 6mm; margin-top: 2.5mm; }
.columns > section { overflow: hidden; }
footer { margin-top: 2.5mm; border-top: 0.25mm solid #111; padding-top: 1mm; font-size: 7.5pt; }
`;
