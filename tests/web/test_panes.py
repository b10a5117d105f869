"""Two views beside each other, and the way back: the focus and the title are at what is new."""

from playwright.sync_api import Page, expect


def test_the_focus_and_the_title_follow_the_panes(page: Page) -> None:
    headings = page.locator(".pane h1")
    page.goto("/explore/practice")
    expect(page.locator("[aria-busy]")).to_have_count(0)
    page.get_by_role("button", name="Show another beside it").press("Enter")
    expect(page).to_have_title("Practices – Practices – citygraph")
    expect(headings.last).to_be_focused()
    page.get_by_role("button", name="Close this side").last.press("Enter")
    expect(headings).to_have_count(1)
    expect(headings).to_be_focused()
    expect(page).to_have_title("Practices – citygraph")
    page.go_back()
    expect(headings).to_have_count(2)
    expect(headings.last).to_be_focused()
    page.go_forward()
    expect(headings).to_be_focused()
