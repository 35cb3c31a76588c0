/** Gives elements the length that their `data-share` (0 to 1) says. By script: policies of pages refuse style attributes. */
export function paintShares(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLElement>('[data-share]'))
    element.style.setProperty('--share', String(Math.min(1, Math.max(0, Number(element.dataset.share)))))
}
