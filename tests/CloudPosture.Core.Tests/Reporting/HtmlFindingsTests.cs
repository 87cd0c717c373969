using System.IO;
using System.Threading.Tasks;

namespace CloudPosture.Tests.Reporting;

/// <summary>The list of findings as a browser shows it.</summary>
public sealed class HtmlFindingsTests(Chromium browser) : HtmlPageTest(browser)
{
    [ChromiumFact]
    public async Task Filters_narrow_the_list_and_stand_in_the_address()
    {
        await OpenAsync(240, "#/findings");
        Assert.Equal("240", await _page.TextAsync(Found));

        await _page.EvaluateAsync("document.querySelector('.chip.status-Fail').click()");
        Assert.Equal("60", await _page.TextAsync(Found));
        await _page.EvaluateAsync("document.querySelector('.chip.severity-High').click()");
        Assert.Equal("10", await _page.TextAsync(Found));
        await _page.EvaluateAsync("(() => { const facet = document.querySelector('details.facet'); facet.open = true; })()");
        await _page.WaitForAsync("document.querySelector('details.facet input[type=checkbox]')");
        await _page.EvaluateAsync("document.querySelector('details.facet input[type=checkbox]').click()");
        Assert.Equal("4", await _page.TextAsync(Found));
        var address = await _page.TextAsync("location.hash");
        Assert.Equal($"#/findings?status=Fail&severity=High&account={Estate.AccountId(0)}", address);

        await _page.OpenAsync(_file, address);
        Assert.Equal("4", await _page.TextAsync(Found));
        Assert.Equal("true", await _page.TextAsync("document.querySelector('.chip.severity-High').getAttribute('aria-pressed')"));
    }

    [ChromiumFact]
    public async Task Findings_tell_the_requirements_they_answer_and_are_filtered_by_them()
    {
        await OpenAsync(240, "#/findings?status=Fail&benchmark=mill-1.0");
        Assert.Equal("30", await _page.TextAsync(Found));
        Assert.Contains("s3.Rule00 · mill-1.0 1.0", await _page.TextAsync(FirstRow));

        await _page.EvaluateAsync("document.querySelector('[data-key=facet-requirement]').open = true");
        await _page.WaitForAsync("document.querySelector('[data-key=facet-requirement] input[type=checkbox]')");
        Assert.Equal("mill-1.0 1.0 Requirement 0 thing10; mill-1.0 1.1 Requirement 1 thing10; mill-1.0 1.2 Requirement 2 thing10", await _page.TextAsync("[...document.querySelectorAll('[data-key=facet-requirement] label')].map(one => one.textContent).join('; ')"));
        await _page.EvaluateAsync("document.querySelector('[data-key=facet-requirement] input[type=checkbox]').click()");
        await _page.WaitForAsync($"{Found} === '10'");
        Assert.Equal("#/findings?status=Fail&benchmark=mill-1.0&requirement=mill-1.0%2F1.0", await _page.TextAsync("location.hash"));

        await _page.GoAsync("#/findings?requirement=mill-1.0%2F1.0&requirement=mill-1.0%2F1.1");
        Assert.Equal("20", await _page.TextAsync(Found));
        await _page.GoAsync("#/findings?finding=" + Estate.Finding(1, 3, "thing").FindingId);
        Assert.Contains("mill-1.0 1.1", await _page.TextAsync("document.querySelector('#sheet').innerText"));
    }

    [ChromiumFact]
    public async Task The_title_of_a_finding_has_more_room_than_any_other_column()
    {
        await OpenAsync(24, "#/findings");

        foreach (var width in new[] { 390, 1000, 1100, 1300, 1900 })
        {
            await _page.ResizeAsync(width, 800);
            Assert.Equal("true", await _page.TextAsync("(() => { const room = name => document.querySelector('td.c-' + name).offsetWidth; return ['severity', 'status', 'resource', 'account', 'region', 'since'].every(name => room(name) <= room('title')); })()"));
            Assert.Equal("true", await _page.TextAsync("document.querySelector('.scroller').scrollWidth <= document.querySelector('.scroller').clientWidth"));
        }
    }

    [ChromiumFact]
    public async Task A_severity_has_room_whatever_font_the_reader_has()
    {
        await OpenAsync(24, "#/findings");

        foreach (var font in new[] { "sans-serif", "serif", "monospace" })
        {
            await _page.EvaluateAsync($"document.documentElement.style.setProperty('--sans', '{font}')");
            foreach (var width in new[] { 390, 1000, 1100, 1300, 1900 })
            {
                await _page.ResizeAsync(width, 800);
                Assert.Equal("", await _page.TextAsync("[...document.querySelectorAll('.rows td.c-severity')].filter(cell => cell.scrollWidth > cell.clientWidth).map(cell => innerWidth + ': ' + cell.innerText + ' ' + cell.scrollWidth + ' of ' + cell.clientWidth).join('; ')"));
            }
        }
    }

    [ChromiumFact]
    public async Task Search_looks_at_names_rules_and_evidence_and_keeps_the_focus()
    {
        await OpenAsync(240, "#/findings");

        await _page.PressAsync("/");
        await _page.TypeAsync("thing-12 rule00");
        await _page.WaitForAsync("location.hash.includes('q=')");
        Assert.Equal("#/findings?q=thing-12+rule00", await _page.TextAsync("location.hash"));
        Assert.Equal("0", await _page.TextAsync(Found));
        Assert.Equal("search", await _page.TextAsync("document.activeElement.dataset.key"));

        await _page.GoAsync("#/findings?q=thing-8%20rule00");
        Assert.Equal("1", await _page.TextAsync(Found));
        Assert.Contains("thing-8", await _page.TextAsync(FirstRow));
    }

    [ChromiumFact]
    public async Task Columns_sort_both_ways()
    {
        await OpenAsync(240, "#/findings");

        await _page.EvaluateAsync("[...document.querySelectorAll('.sorter')].find(button => button.innerText === 'Resource').click()");
        Assert.Contains("thing-0", await _page.TextAsync(FirstRow));
        await _page.EvaluateAsync("[...document.querySelectorAll('.sorter')].find(button => button.innerText === 'Resource').click()");
        Assert.Contains("thing-79", await _page.TextAsync(FirstRow));
        Assert.Equal("descending", await _page.TextAsync("document.querySelector('th.c-resource').getAttribute('aria-sort')"));
        Assert.Contains("sort=-resource", await _page.TextAsync("location.hash"));
    }

    [ChromiumFact]
    public async Task The_keyboard_walks_the_list_opens_a_finding_and_goes_on_to_the_next()
    {
        await OpenAsync(2400, "#/findings?status=Fail");

        await _page.EvaluateAsync("document.querySelector('.rows a[tabindex=\"0\"]').focus()");
        await _page.PressAsync("End");
        Assert.Equal("601", await _page.TextAsync("document.activeElement.closest('tr').getAttribute('aria-rowindex')"));
        await _page.PressAsync("Home");
        await _page.PressAsync("ArrowDown");
        Assert.Equal("3", await _page.TextAsync("document.activeElement.closest('tr').getAttribute('aria-rowindex')"));
        await _page.PressAsync("Enter");
        await _page.WaitForAsync("document.querySelector('#sheet').open");
        var sheet = await _page.TextAsync("document.querySelector('#sheet').innerText");
        Assert.Contains("Evidence", sheet);
        Assert.Contains("Whoever gets in may stay.", sheet);
        Assert.Contains("2 of 600", sheet);
        Assert.Contains("Set-Thing -Name thing-8 -Region", sheet);
        Assert.DoesNotContain("javascript:", await _page.TextAsync("[...document.querySelectorAll('#sheet a')].map(a => a.href).join()"));

        await _page.PressAsync("ArrowRight");
        await _page.WaitForAsync("document.querySelector('#sheet').innerText.includes('3 of 600')");
        await _page.PressAsync("Escape");
        await _page.WaitForAsync("!document.querySelector('#sheet').open && !location.hash.includes('finding=')");
    }

    [ChromiumFact]
    public async Task A_long_list_keeps_few_rows_in_the_page_and_scrolls_to_its_end()
    {
        await OpenAsync(24_000, "#/findings");
        Assert.InRange(await _page.NumberAsync(Rows), 10, 60);

        await _page.EvaluateAsync("(() => { const box = document.querySelector('.scroller'); box.scrollTop = box.scrollHeight; })()");
        await _page.WaitForAsync("document.querySelector('.rows tr[aria-rowindex=\"24001\"]')");
        Assert.InRange(await _page.NumberAsync(Rows), 10, 60);
        Assert.Equal("24001", await _page.TextAsync("document.querySelector('.rows').getAttribute('aria-rowcount')"));
    }

    [ChromiumFact]
    public async Task A_list_that_is_cut_says_so()
    {
        await File.WriteAllTextAsync(_file, await HtmlPart.WriteAsync(Estate.Of(240), limit: 100));
        await _page.OpenAsync(_file, "#/findings");

        Assert.Contains("100 of 240 findings", await _page.TextAsync("document.querySelector('.note').innerText"));
        Assert.Contains("240 findings", await TextOf("#/overview"));
    }
}
