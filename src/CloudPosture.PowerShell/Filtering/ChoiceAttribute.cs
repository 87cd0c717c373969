using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using CloudPosture.Text;

namespace CloudPosture.PowerShell.Filtering;

/// <summary>
/// A parameter that is one of a few words, or several of them. Says which there are where another is given: PowerShell itself speaks
/// of types, identifiers and enumerators then.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ChoiceAttribute(Type words) : ArgumentTransformationAttribute
{
    /// <summary>The enumeration.</summary>
    public Type Words { get; } = words;

    /// <summary>What else is to be said.</summary>
    public string? Hint { get; set; }

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var given = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        var wrong = (given is IList list ? list.Cast<object?>() : [given]).FirstOrDefault(value => value is not null && !IsWord(value));
        return wrong is null ? inputData : throw new ArgumentTransformationMetadataException(Refusal($"{wrong}"));
    }

    private bool IsWord(object value) =>
        LanguagePrimitives.TryConvertTo(value, Words, CultureInfo.InvariantCulture, out var word) && Enum.IsDefined(Words, word);

    private string Refusal(string given)
    {
        var names = Enum.GetNames(Words);
        var kind = Regex.Replace(Words.Name, "(?<=[a-z])[A-Z]", capital => $" {capital.Value}").ToLowerInvariant();
        return $"There is no {kind} '{Display.Text(given)}'.{NearNames.Suggest(given, names)} There are {string.Join(", ", names)}.{(Hint is null ? "" : $" {Hint}")}";
    }
}
