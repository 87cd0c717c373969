using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace CloudPosture.Tests.Reporting;

/// <summary>A page of a browser, and what went wrong on it.</summary>
public sealed class ChromiumPage : IAsyncDisposable
{
    private static readonly Dictionary<string, int> KeyCodes = new(StringComparer.Ordinal) { ["Enter"] = 13, ["Escape"] = 27, ["Tab"] = 9, ["ArrowDown"] = 40, ["ArrowUp"] = 38, ["ArrowLeft"] = 37, ["ArrowRight"] = 39, ["Home"] = 36, ["End"] = 35 };
    private readonly Chromium _browser;
    private readonly string _session;
    private readonly string _target;

    internal ChromiumPage(Chromium browser, string session, string target)
    {
        _browser = browser;
        _session = session;
        _target = target;
    }

    /// <summary>Errors of scripts, messages on the console, violations of the policy, dialogs.</summary>
    public ConcurrentQueue<string> Problems { get; } = new();

    /// <summary>What was asked for, but for the file itself.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Opens a file at an address behind #, and waits until it is drawn.</summary>
    public async Task OpenAsync(string file, string address = "")
    {
        await SendAsync("Page.navigate", new { url = "about:blank" });
        await SendAsync("Page.navigate", new { url = new Uri(file).AbsoluteUri + address });
        await WaitForAsync("document.documentElement?.dataset?.ready === 'true'");
    }

    /// <summary>Goes to an address behind #.</summary>
    public async Task GoAsync(string address)
    {
        await EvaluateAsync($"new Promise(done => {{ if (location.hash === '{address}') {{ done(); return; }} addEventListener('hashchange', () => requestAnimationFrame(() => done()), {{ once: true }}); location.hash = '{address}'; }})");
    }

    /// <summary>Waits until an expression is true.</summary>
    public async Task WaitForAsync(string expression)
    {
        var end = DateTime.UtcNow.AddSeconds(30);
        while (DateTime.UtcNow < end)
        {
            // The page itself waits, a frame at a time.
            if (await EvaluateAsync($"new Promise(done => requestAnimationFrame(() => done(Boolean({expression}))))") is JsonValue value && value.GetValue<bool>())
            {
                return;
            }
        }

        throw new TimeoutException($"It did not come true: {expression}. {string.Join("; ", Problems)}");
    }

    /// <summary>The value of an expression; a promise is waited for.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        var answer = await SendAsync("Runtime.evaluate", new { expression, awaitPromise = true, returnByValue = true, userGesture = true });
        return answer["exceptionDetails"] is { } exception
            ? throw new InvalidOperationException(expression + ": " + exception.ToJsonString())
            : answer["result"]?["value"];
    }

    /// <summary>The value of an expression that is a text.</summary>
    public async Task<string> TextAsync(string expression) => (await EvaluateAsync($"String({expression})"))!.GetValue<string>();

    /// <summary>The value of an expression that is a whole number.</summary>
    public async Task<int> NumberAsync(string expression) => int.Parse(await TextAsync(expression), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Presses a key.</summary>
    public async Task PressAsync(string key)
    {
        var code = KeyCodes.GetValueOrDefault(key);
        var text = key == "Enter" ? "\r" : key.Length == 1 ? key : null;
        await SendAsync("Input.dispatchKeyEvent", new { type = text is null ? "rawKeyDown" : "keyDown", key, code = key, text, windowsVirtualKeyCode = code });
        await SendAsync("Input.dispatchKeyEvent", new { type = "keyUp", key, code = key, windowsVirtualKeyCode = code });
    }

    /// <summary>Types a text where the focus is.</summary>
    public Task TypeAsync(string text) => SendAsync("Input.insertText", new { text });

    /// <summary>Has the page believe that its user prefers something (<c>prefers-color-scheme</c>).</summary>
    public Task PreferAsync(string feature, string value) => SendAsync("Emulation.setEmulatedMedia", new { features = new[] { new { name = feature, value } } });

    /// <summary>Changes the size of the window.</summary>
    public Task ResizeAsync(int width, int height) => SendAsync("Emulation.setDeviceMetricsOverride", new { width, height, deviceScaleFactor = 1, mobile = false });

    /// <summary>Takes a picture of what is in sight.</summary>
    public async Task ScreenshotAsync(string path) =>
        await File.WriteAllBytesAsync(path, Convert.FromBase64String((await SendAsync("Page.captureScreenshot", new { format = "png" }))["data"]!.GetValue<string>()));

    /// <summary>Prints.</summary>
    public async Task<byte[]> PdfAsync() =>
        Convert.FromBase64String((await SendAsync("Page.printToPDF", new { preferCSSPageSize = true, printBackground = true }))["data"]!.GetValue<string>());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _browser.SendAsync("Target.closeTarget", new { targetId = _target });

    internal async Task PrepareAsync(int width, int height)
    {
        foreach (var domain in new[] { "Page", "Runtime", "Log", "Network", "Audits" })
        {
            await SendAsync(domain + ".enable");
        }

        await ResizeAsync(width, height);
    }

    internal void Hear(string method, JsonNode parameters)
    {
        switch (method)
        {
            case "Runtime.exceptionThrown" or "Runtime.consoleAPICalled" or "Log.entryAdded" or "Audits.issueAdded" or "Page.javascriptDialogOpening":
                Problems.Enqueue(method + " " + parameters.ToJsonString());
                break;
            case "Network.requestWillBeSent" when parameters["type"]?.GetValue<string>() != "Document":
                Requests.Enqueue(parameters["request"]!["url"]!.GetValue<string>());
                break;
        }
    }

    internal Task<JsonNode> SendAsync(string method, object? parameters = null) => _browser.SendAsync(method, parameters, _session);
}
