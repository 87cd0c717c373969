using System;
using System.IO;
using System.Text;
using System.Threading.Tasks;

namespace CloudPosture.Tests.Reporting;

/// <summary>The report as a browser shows it.</summary>
public sealed class HtmlPageTests(Chromium browser) : IClassFixture<Chromium>, IAsyncLifetime
{
    private const string Rows = "document.querySelectorAll('.rows tbody tr[aria-rowindex]').length";
    private const string FirstRow = "document.querySelector('.rows tbody tr[aria-rowindex]').innerText";
    private const string Found = "document.querySelector('.result-count strong')?.textContent";
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"report-{Guid.NewGuid():N}.html");
    private ChromiumPage _page = null!;

    public async Task InitializeAsync()
    {
        if (Chromium.Program is not null)
        {
            _page = await browser.NewPageAsync();
        }
    }

    // Whatever a test did, no script failed, nothing was said on the console and nobody was asked for anything.
    public async Task DisposeAsync()
    {
        if (_page is not null)
        {
            await _page.DisposeAsync();
            File.Delete(_file);
            Assert.Equal("", string.Join(Environment.NewLine, [.. _page.Problems, .. _page.Requests]));
        }
    }

    [ChromiumFact]
    public async Task The_first_page_tells_how_things_stand_and_leads_on()
    {
        await OpenAsync(240);

        Assert.Equal("Security posture", await _page.TextAsync("document.querySelector('h1').innerText"));
        Assert.Equal("10", await _page.TextAsync("document.querySelector('.tile.severity-Critical .tile-value').innerText"));
        Assert.Contains("s3", await _page.TextAsync("document.querySelector('main').innerText"));

        await _page.EvaluateAsync("document.querySelector('.tile.severity-Critical').click()");
        await _page.WaitForAsync($"{Found} === '10'");
        Assert.Equal("#/findings?status=Fail&severity=Critical", await _page.TextAsync("location.hash"));
    }

    [ChromiumFact]
    public async Task Every_page_opens()
    {
        await OpenAsync(240);

        foreach (var page in new[] { "overview", "findings", "findings?view=rules", "benchmarks", "benchmarks/mill-1.0", "accounts", "changes", "unread", "exceptions", "inventory", "about", "print", "no-such-page", "%E0%A4%A" })
        {
            await _page.GoAsync("#/" + page);
            Assert.NotEqual("", await _page.TextAsync("document.querySelector('h1').innerText"));
        }

        await _page.GoAsync("#/unread");
        Assert.Contains("s3:GetBucketPolicy", await _page.TextAsync("document.querySelector('main').innerText"));
        await _page.GoAsync("#/exceptions");
        Assert.Contains("The mill needs it.", await _page.TextAsync("document.querySelector('main').innerText"));
    }

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
    public async Task An_accepted_failure_says_why_by_whom_and_until_when()
    {
        await OpenAsync(240, "#/findings?finding=" + Estate.Finding(3, 3, "thing").FindingId);

        var sheet = await _page.TextAsync("document.querySelector('#sheet').innerText");
        Assert.Contains("The mill needs it. thing", sheet);
        Assert.Contains("Ann · T-1 · until 2026-05-09", sheet);
        await _page.GoAsync("#/exceptions");
        Assert.Contains("Ann · T-1 · until 2026-05-09", await _page.TextAsync("[...document.querySelectorAll('main table')].at(-1).innerText"));
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
    public async Task The_matrix_says_how_each_account_answers_and_leads_to_the_findings()
    {
        await OpenAsync(240, "#/benchmarks/mill-1.0");

        Assert.Equal(12, await _page.NumberAsync("document.querySelectorAll('.matrix tbody tr:not(.section)').length"));
        Assert.Equal("Not met, 4 findings: 1.1, thing account 0", await _page.TextAsync("document.querySelectorAll('.matrix tbody tr:not(.section)')[1].querySelectorAll('.cell')[1].getAttribute('aria-label')"));
        Assert.Equal("Met: 1.6, all accounts", await _page.TextAsync("document.querySelectorAll('.matrix tbody tr:not(.section)')[6].querySelector('.cell').getAttribute('aria-label')"));

        await _page.EvaluateAsync("document.querySelectorAll('.matrix tbody tr:not(.section)')[1].querySelectorAll('.cell')[1].click()");
        await _page.WaitForAsync($"{Found} === '4'");
        Assert.Contains("requirement=mill-1.0%2F1.1", await _page.TextAsync("location.hash"));

        await _page.GoAsync("#/benchmarks/mill-1.0?open=1.8");
        Assert.Contains("Look at the mill.", await _page.TextAsync("document.querySelector('#sheet').innerText"));
    }

    [ChromiumFact]
    public async Task Accounts_whose_long_names_begin_alike_stay_apart_in_the_matrix()
    {
        await OpenAsync(240, "#/benchmarks/mill-1.0", "the-platform-team-of-the-northern-mill");

        Assert.Equal("the-platfo…l account 0, the-platfo…l account 1, the-platfo…l account 2", await _page.TextAsync("[...document.querySelectorAll('.matrix .slant')].map(one => one.textContent).sort().join(', ')"));
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
    public async Task Nothing_in_a_hostile_estate_becomes_markup_or_hides()
    {
        const string Name = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\u2028\u202Eevil\u0000\u200B'\"`$(calc)&lt;{{x}}";
        await OpenAsync(240, "#/findings", Name);

        foreach (var page in new[] { "#/overview", "#/findings?status=Fail", "#/findings?view=rules", "#/benchmarks", "#/benchmarks/mill-1.0", "#/benchmarks/mill-1.0?open=1.1", "#/accounts", "#/changes", "#/unread", "#/exceptions", "#/inventory", "#/print", "#/findings?finding=" + Estate.Finding(0, 3, Name).FindingId })
        {
            await _page.GoAsync(page);
            Assert.Equal(0, await _page.NumberAsync("document.querySelectorAll('main img, main script, dialog img, dialog script').length"));
            Assert.DoesNotMatch("[\u2028\u202E\u0000\u200B]", await _page.TextAsync("document.title + document.body.textContent + [...document.querySelectorAll('*')].flatMap(one => [...one.attributes].map(attribute => attribute.value)).join()"));
        }

        var sheet = await _page.TextAsync("document.querySelector('#sheet').innerText");
        Assert.Contains("<img src=x onerror=alert(2)>⟨U+2028⟩⟨U+202E⟩evil⟨U+0000⟩⟨U+200B⟩", sheet);
        Assert.Contains("Set-Thing -Name {resourceName} -Region eu-central-1", sheet);
        Assert.Contains("by hand", sheet);
    }

    [ChromiumFact]
    public async Task It_prints_to_A4_with_all_that_is_filtered()
    {
        await OpenAsync(240, "#/findings?status=Fail");

        var pdf = Encoding.Latin1.GetString(await _page.PdfAsync());
        Assert.Matches(@"/MediaBox \[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]", pdf);

        // A screen holds some thirty of the sixty rows.
        await _page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        Assert.Equal(60, await _page.NumberAsync(Rows));
        await _page.EvaluateAsync("dispatchEvent(new Event('afterprint'))");
        Assert.InRange(await _page.NumberAsync(Rows), 10, 50);
    }

    [ChromiumFact]
    public async Task It_is_dark_or_light_as_its_reader_prefers()
    {
        await OpenAsync(12);

        await _page.PreferAsync("prefers-color-scheme", "dark");
        var dark = await _page.TextAsync("getComputedStyle(document.body).backgroundColor");
        await _page.WaitForAsync("document.getElementById('theme').textContent === 'Light colours'");
        await _page.PreferAsync("prefers-color-scheme", "light");
        var light = await _page.TextAsync("getComputedStyle(document.body).backgroundColor");
        await _page.WaitForAsync("document.getElementById('theme').textContent === 'Dark colours'");
        await _page.EvaluateAsync("document.getElementById('theme').click()");
        Assert.NotEqual(dark, light);
        Assert.Equal(dark, await _page.TextAsync("getComputedStyle(document.body).backgroundColor"));
    }

    [ChromiumFact]
    public async Task A_narrow_window_shows_everything_without_scrolling_sideways()
    {
        await OpenAsync(240);
        await _page.ResizeAsync(390, 800);

        foreach (var page in new[] { "#/overview", "#/findings", "#/benchmarks/mill-1.0", "#/unread", "#/exceptions", "#/inventory", "#/accounts" })
        {
            await _page.GoAsync(page);
            Assert.InRange(await _page.NumberAsync("document.documentElement.scrollWidth"), 1, 390);
        }
    }

    [ChromiumFact]
    public async Task A_list_that_is_cut_says_so()
    {
        await File.WriteAllTextAsync(_file, await HtmlPart.WriteAsync(Estate.Of(240), limit: 100));
        await _page.OpenAsync(_file, "#/findings");

        Assert.Contains("100 of 240 findings", await _page.TextAsync("document.querySelector('.note').innerText"));
        Assert.Contains("240 findings", await TextOf("#/overview"));
    }

    private async Task<string> TextOf(string address)
    {
        await _page.GoAsync(address);
        return await _page.TextAsync("document.querySelector('main').innerText");
    }

    private async Task OpenAsync(int findings, string address = "", string name = "thing")
    {
        await File.WriteAllTextAsync(_file, await HtmlPart.WriteAsync(Estate.Of(findings, name: name)));
        await _page.OpenAsync(_file, address);
    }
}
