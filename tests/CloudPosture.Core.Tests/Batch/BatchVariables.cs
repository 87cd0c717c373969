using System;
using System.Collections.Generic;
using System.Globalization;

namespace CloudPosture.Tests.Batch;

/// <summary>The variables of a batch file, as <c>setlocal</c> keeps and <c>endlocal</c> gives them back.</summary>
internal sealed class BatchVariables(IReadOnlyDictionary<string, string> environment, BatchDisk disk, Func<int> random)
{
    private readonly Stack<(Dictionary<string, string> Values, bool IsDelayed)> _scopes = new([(new(environment, StringComparer.OrdinalIgnoreCase), false)]);

    public int ErrorLevel { get; set; }

    public int Depth => _scopes.Count;

    public bool IsDelayed => _scopes.Peek().IsDelayed;

    /// <summary>A variable of the environment stands in front of cmd's own ones.</summary>
    public string? Get(string name) => _scopes.Peek().Values.TryGetValue(name, out var value) ? value : name.ToUpperInvariant() switch
    {
        "CD" => disk.CurrentFolder,
        "ERRORLEVEL" => ErrorLevel.ToString(CultureInfo.InvariantCulture),
        "RANDOM" => random().ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    public void Set(string name, string value)
    {
        if (value.Length == 0)
        {
            _scopes.Peek().Values.Remove(name);
        }
        else
        {
            _scopes.Peek().Values[name] = value;
        }
    }

    public void Push(string options)
    {
        var (values, isDelayed) = _scopes.Peek();
        _scopes.Push((new Dictionary<string, string>(values, StringComparer.OrdinalIgnoreCase), options.Contains("EnableDelayed") || (isDelayed && !options.Contains("DisableDelayed"))));
    }

    public void Pop(int depth)
    {
        while (_scopes.Count > Math.Max(depth, 1))
        {
            _scopes.Pop();
        }
    }
}
