using System;
using System.Linq;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Content.Yaml;
using CloudPosture.Json;

namespace CloudPosture.Assessment.Derived.Data;

/// <summary>
/// <c>kubernetesIsSupported</c>, with <c>field</c>, a version, and <c>offered</c>, what AWS answered of it: true where AWS still gives it standard
/// support. With <c>oldest</c>, that is the version from which on all count as supported, and no older one does. Absent where there is no version.
/// Evidence: the version, and what AWS says of it.
/// </summary>
internal sealed class KubernetesIsSupported : DerivedFunction
{
    private readonly FieldReference _field;
    private readonly FieldReference _offered;
    private readonly DottedVersion? _oldest;

    public KubernetesIsSupported(YamlMap arguments)
    {
        (_field, _offered) = (Operators.Reference(arguments, "field"), Operators.Reference(arguments, "offered"));
        var oldest = arguments.Text("oldest") ?? "";
        _oldest = DottedVersion.Parse(oldest);
        if (_oldest is null && oldest.Length > 0)
        {
            throw arguments.ErrorAt(arguments.Node("oldest")!, "'oldest' takes a version such as 1.34.");
        }
    }

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        var state = _field.Resolve(subject, out var version);
        if (state != FieldState.Present)
        {
            return state == FieldState.Unreadable ? Unread(_field, subject, explain) : DerivedValue.Absent(explain ? $"there is no {_field.Text}" : null);
        }

        if (_oldest is not null)
        {
            var isYoung = DottedVersion.Parse(version.ToString()) is { } own && own.CompareTo(_oldest) >= 0;
            return DerivedValue.Of(isYoung, explain ? $"{_field.Text} = {version}" : null);
        }

        return _offered.Resolve(subject, out var offered) == FieldState.Unreadable ? Unread(_offered, subject, explain) : ByAws(version, offered, explain);
    }

    private DerivedValue ByAws(FieldValue version, FieldValue offered, bool explain)
    {
        var status = !offered.IsArray ? null
            : offered.Json.EnumerateArray().Select(one => one.Text("versionStatus") ?? one.Text("status")).FirstOrDefault(one => one is not null);
        var isSupported = status is not null && string.Equals(status.Replace('-', '_'), "STANDARD_SUPPORT", StringComparison.OrdinalIgnoreCase);
        return DerivedValue.Of(isSupported, explain ? $"{_field.Text} = {version}, which is {(status is null ? "offered no more" : "in " + status.ToLowerInvariant().Replace('_', ' ').Replace('-', ' '))}" : null);
    }

    private static DerivedValue Unread(FieldReference field, in Subject subject, bool explain) =>
        DerivedValue.Unknown(explain ? $"{field.Text} could not be read: {field.WhyUnreadable(subject)}" : null);
}
