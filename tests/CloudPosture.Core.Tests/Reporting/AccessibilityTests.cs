using System;
using System.IO;
using System.Threading.Tasks;

namespace CloudPosture.Tests.Reporting;

/// <summary>The HTML report by axe: contrast (WCAG AA), names, roles and order, in light and dark colours, wide and narrow.</summary>
public sealed class AccessibilityTests(Chromium browser) : IClassFixture<Chromium>
{
    private static readonly Lazy<string?> Installed = new(() => NpmPackage.Install("axe-core@4.14.1"));

    private static readonly string[] Pages =
    [
        "#/overview", "#/findings?status=Fail&benchmark=mill-1.0", "#/findings?view=rules", "#/findings?q=nothing-is-named-so", "#/benchmarks", "#/benchmarks/mill-1.0", "#/benchmarks/mill-1.0?open=1.1", "#/accounts",
        "#/changes", "#/unread", "#/exceptions", "#/inventory", "#/about", "#/print", "#/findings?finding={0}",
    ];

    /// <summary>The script of axe; null where it is not to be had.</summary>
    internal static string? Axe => Installed.Value is { } folder ? Path.Combine(folder, "node_modules", "axe-core", "axe.min.js") : null;

    [AxeFact]
    public async Task AxeFindsNothingWrongOnAnyPage()
    {
        var file = Path.Combine(Path.GetTempPath(), $"report-{Guid.NewGuid():N}.html");
        try
        {
            await File.WriteAllTextAsync(file, await HtmlPart.WriteAsync(Estate.Of(240)));
            await using var page = await browser.NewPageAsync();
            await page.OpenAsync(file);
            await page.EvaluateAsync(await File.ReadAllTextAsync(Axe!) + "; true");
            foreach (var (colours, width) in new[] { ("light", 1400), ("dark", 1400), ("light", 390) })
            {
                await page.PreferAsync("prefers-color-scheme", colours);
                await page.ResizeAsync(width, 900);
                foreach (var address in Pages)
                {
                    await page.GoAsync(address.Replace("{0}", Estate.Finding(3, 3, "thing").FindingId, StringComparison.Ordinal));
                    var found = await page.EvaluateAsync(
                        "Promise.all(document.getAnimations().map(one => one.finished)).then(() => axe.run(document, { resultTypes: ['violations'] })).then(found => found.violations.map(one => `${one.id} ${one.nodes.map(node => node.target.join(' ')).join(', ')}`).join('; '))");
                    Assert.Equal($"{colours} {width} {address}: ", $"{colours} {width} {address}: {found}");
                }
            }
        }
        finally
        {
            File.Delete(file);
        }
    }
}
