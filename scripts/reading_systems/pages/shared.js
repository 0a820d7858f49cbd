// What the pages of all reading systems share.

/** Open the book that the address asks for, and offer it to the tests as `system`. */
export async function offer(open) {
  const asked = Object.fromEntries(new URLSearchParams(location.search))
  const { paper = 'white', style = '', flow = 'paginated' } = asked
  document.body.style.background = paper
  try {
    window.system = await open({ ...asked, style, flow })
  } catch (error) {
    window.failure = String(error?.stack ?? error)
  }
}

/** A contents list as it is read, one entry after the other. */
export function flat(entries, depth = 1) {
  return (entries ?? []).flatMap(({ label, href, subitems }) =>
    [{ label: label.trim(), href, depth }, ...flat(subitems, depth + 1)])
}

/** Follow an entry; tell the heading that it leads to, and whether it is on the screen. */
export async function land(documentOf, goTo, { href, label }) {
  await goTo(href)
  const found = documentOf()
  const id = decodeURIComponent(href.split('#')[1] ?? '')
  const target = id ? found.getElementById(id) : found.body
  const headings = 'h1, h2, h3, h4, h5, h6'
  const heading = target?.matches(headings) ? target : target?.querySelector(headings)
  return { label, heading: heading?.textContent ?? null, shown: !!heading && onScreen(heading) }
}

/** Tell whether the first line of an element is where a person sees it. */
export function onScreen(element) {
  const frame = element.ownerDocument.defaultView.frameElement.getBoundingClientRect()
  const [box] = element.getClientRects()
  if (!box) return false
  const left = frame.left + box.left, top = frame.top + box.top
  return left >= -1 && top >= -1 && left + box.width <= innerWidth + 1 && top < innerHeight
}
