using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CloudPosture.Aws.Models;

namespace CloudPosture.Aws.Protocols;

/// <summary>Writes the form-encoded bodies of the query protocol and of EC2's variety of it.</summary>
internal sealed class FormSerializer
{
    private readonly StringBuilder _form = new();
    private readonly bool _ec2;

    private FormSerializer(bool ec2) => _ec2 = ec2;

    public static AwsRequest Serialize(OperationModel operation, JsonElement input)
    {
        var service = operation.Service;
        var serializer = new FormSerializer(service.Protocol == AwsProtocol.Ec2);
        serializer.Pair("Action", operation.Name);
        serializer.Pair("Version", service.ApiVersion);
        serializer.Structure("", Input.Top(operation, input));
        return new AwsRequest(operation)
        {
            Body = Encoding.ASCII.GetBytes(serializer._form.ToString()),
            ContentType = "application/x-www-form-urlencoded; charset=utf-8",
        };
    }

    private void Structure(string prefix, IEnumerable<KeyValuePair<ShapeMember, JsonElement>> members)
    {
        foreach (var entry in members)
        {
            Value(prefix.Length == 0 ? Name(entry.Key) : $"{prefix}.{Name(entry.Key)}", entry.Key, entry.Value);
        }
    }

    private void Value(string key, ShapeMember member, JsonElement value)
    {
        switch (member.Shape.Kind)
        {
            case ShapeKind.Structure:
                Structure(key, Input.Members(member.Shape, value));
                break;
            case ShapeKind.List:
                List(key, member, value);
                break;
            case ShapeKind.Map:
                Map(key, member, value);
                break;
            default:
                Pair(key, Input.Text(member, value, Timestamps.Iso));
                break;
        }
    }

    private void List(string key, ShapeMember member, JsonElement value)
    {
        var element = member.Shape.Element!;
        var items = Input.List(member, value);
        if (value.GetArrayLength() == 0)
        {
            // EC2 has no way to write an empty list.
            if (!_ec2)
            {
                Pair(key, "");
            }

            return;
        }

        var prefix = _ec2 ? key
            : !member.IsFlattened ? $"{key}.{element.LocationName ?? "member"}"
            : element.LocationName is { } name ? key.Substring(0, key.LastIndexOf('.') + 1) + name
            : key;
        var index = 0;
        foreach (var item in items)
        {
            Value($"{prefix}.{Number(++index)}", element, item);
        }
    }

    private void Map(string key, ShapeMember member, JsonElement value)
    {
        var shape = member.Shape;
        var prefix = member.IsFlattened ? key : key + ".entry";
        var index = 0;
        foreach (var entry in Input.Map(member, value))
        {
            var number = Number(++index);
            Pair($"{prefix}.{number}.{shape.Key!.LocationName ?? "key"}", entry.Name);
            Value($"{prefix}.{number}.{shape.Element!.LocationName ?? "value"}", shape.Element, entry.Value);
        }
    }

    private void Pair(string key, string value)
    {
        if (_form.Length > 0)
        {
            _form.Append('&');
        }

        _form.Append(Uri.EscapeDataString(key)).Append('=').Append(Uri.EscapeDataString(value));
    }

    private string Name(ShapeMember member) =>
        !_ec2 ? member.WireName
        : member.QueryName ?? (member.LocationName is { Length: > 0 } name ? char.ToUpperInvariant(name[0]) + name.Substring(1) : member.Name);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
