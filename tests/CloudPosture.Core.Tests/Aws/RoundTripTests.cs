using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Xml;
using CloudPosture.Aws.Protocols;
using FsCheck;
using FsCheck.Fluent;

namespace CloudPosture.Tests.Aws;

/// <summary>Names and tags may hold any character; each must arrive as it was sent.</summary>
public sealed class RoundTripTests
{
    private static readonly Arbitrary<string> AnyText = Gen.OneOf(Gen.Choose(0, 0x1F), Gen.Choose(0x20, 0x7F), Gen.Choose(0x80, 0xD7FF), Gen.Choose(0xE000, 0x10FFFF))
        .ListOf()
        .Select(points => string.Concat(points.Select(char.ConvertFromUtf32)))
        .ToArbitrary();

    [Fact]
    public void Text_in_JSON_is_kept() => Prop.ForAll(AnyText, text =>
    {
        var wire = JsonSerializer.Serialize(new { KeyMetadata = new { Description = text } });
        return Decode("kms", "DescribeKey", wire).GetProperty("KeyMetadata").GetProperty("Description").GetString() == text;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Text_and_map_keys_in_XML_are_kept() => Prop.ForAll(AnyText, text =>
    {
        var attributes = Decode("sns", "GetTopicAttributes", Topic(text)).GetProperty("Attributes").EnumerateObject().Single();
        return attributes.Name == "k" + text && attributes.Value.GetString() == text;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Text_in_forms_is_kept() => Prop.ForAll(AnyText, text =>
    {
        var request = RequestSerializer.Serialize(Shipped.Content.Models.Get("iam").Operation("GetRole"), JsonSerializer.SerializeToElement(new { RoleName = text }));
        return WebUtility.UrlDecode(Encoding.ASCII.GetString(request.Body).Split("RoleName=")[1]) == text;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Times_are_kept_to_the_microsecond() => Prop.ForAll(Gen.Choose(0, int.MaxValue).SelectMany(seconds => Gen.Choose(0, 999_999).Select(micro => (seconds, micro))).ToArbitrary(), time =>
    {
        var wire = $"{{\"KeyMetadata\":{{\"CreationDate\":{time.seconds}.{time.micro:D6}}}}}";
        var expected = DateTimeOffset.UnixEpoch.AddSeconds(time.seconds).AddMicroseconds(time.micro);
        return DateTimeOffset.Parse(Decode("kms", "DescribeKey", wire).GetProperty("KeyMetadata").GetProperty("CreationDate").GetString()!) == expected;
    }).QuickCheckThrowOnFailure();

    private static JsonElement Decode(string service, string operation, string wire) =>
        JsonDocument.Parse(StubTransport.Of(wire).DecodeAsync(StubTransport.Call(service, operation, Inputs.Required(service, operation))).GetAwaiter().GetResult()).RootElement;

    private static string Topic(string text)
    {
        // Line ends are written as references, since XML has readers turn all of them into one.
        var settings = new XmlWriterSettings { CheckCharacters = false, NewLineHandling = NewLineHandling.Entitize, OmitXmlDeclaration = true };
        var wire = new StringWriter();
        using (var writer = XmlWriter.Create(wire, settings))
        {
            writer.WriteStartElement("GetTopicAttributesResponse");
            writer.WriteStartElement("GetTopicAttributesResult");
            writer.WriteStartElement("Attributes");
            writer.WriteStartElement("entry");
            writer.WriteElementString("key", "k" + text);
            writer.WriteElementString("value", text);
        }

        return wire.ToString();
    }
}
