using System;
using System.IO;
using System.Threading.Tasks;

namespace CloudPosture.Tests.Reporting;

/// <summary>A report in a browser, and what its tests ask of every page.</summary>
public abstract class HtmlPageTest(Chromium browser) : IClassFixture<Chromium>, IAsyncLifetime
{
    private protected const string Rows = "document.querySelectorAll('.rows tbody tr[aria-rowindex]').length";
    private protected const string FirstRow = "document.querySelector('.rows tbody tr[aria-rowindex]').innerText";
    private protected const string Found = "document.querySelector('.result-count strong')?.textContent";
    private protected readonly string _file = Path.Combine(Path.GetTempPath(), $"report-{Guid.NewGuid():N}.html");
    private protected ChromiumPage _page = null!;

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

    private protected async Task OpenAsync(int findings, string address = "", string name = "thing")
    {
        await File.WriteAllTextAsync(_file, await HtmlPart.WriteAsync(Estate.Of(findings, name: name)));
        await _page.OpenAsync(_file, address);
    }

    private protected async Task<string> TextOf(string address)
    {
        await _page.GoAsync(address);
        return await _page.TextAsync("document.querySelector('main').innerText");
    }
}
