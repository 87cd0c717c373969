using System.Text;
using System.Threading.Tasks;

namespace CloudPosture.Tests.Reporting;

/// <summary>The report as a browser shows it.</summary>
public sealed class HtmlPageTests(Chromium browser) : HtmlPageTest(browser)
{
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
}
