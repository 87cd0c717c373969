using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using CloudPosture.Harvest.Items;
using CloudPosture.Json;
using FsCheck;
using FsCheck.Fluent;

namespace CloudPosture.Tests.Harvest;

public sealed class LargePageTests
{
    private static readonly string Padding = new('x', 70_000);

    private static readonly string[] Paths = ["Items", "Items[]", "Items[].Parts", "Items[].Parts[]", "Items[].Parts[].Parts", "Items.Parts", "Items.Parts[].Items", "Nowhere"];

    [Fact]
    public void APageTakenApartHasTheItemsOfTheWhole()
    {
        Prop.ForAll(Gen.Zip(Pages, Gen.Elements(Paths)).ToArbitrary(), given =>
        {
            var (json, path) = (Encoding.UTF8.GetBytes(given.Item1), JsonPath.Parse(given.Item2));
            using var whole = JsonDocument.Parse(json);

            var page = LargePage.Read(json, path)!;

            Assert.Equal(path.FindAll(whole.RootElement).Select(item => item.GetRawText()), page.Items().Select(item => item.GetRawText()));
            Assert.Equal("next \u00fc\"", page.Rest.GetProperty("NextToken").GetString());
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void WhatStandsBesideTheItemsTellsOfTheNextPage()
    {
        var page = LargePage.Read(Encoding.UTF8.GetBytes($$"""{"List": {"Marker": "a", "Items": ["{{Padding}}"], "NextMarker": "b"}, "More": true}"""), JsonPath.Parse("List.Items"))!;

        Assert.Equal("""{"List":{"Marker":"a","NextMarker":"b"},"More":true}""", page.Rest.GetRawText());
        Assert.Equal(Padding, Assert.Single(page.Items().Select(item => item.GetString())));
    }

    [Theory]
    [InlineData("Items[0]")]
    [InlineData("Items[0].Parts")]
    [InlineData(".")]
    public void PathsThatPickOneAreLeftToTheWhole(string path) =>
        Assert.Null(LargePage.Read(Encoding.UTF8.GetBytes($$"""{"Items": [], "Padding": "{{Padding}}"}"""), JsonPath.Parse(path)));

    [Fact]
    public void SmallPagesAreReadAsAWhole() =>
        Assert.Null(LargePage.Read("""{"Items": [1]}"""u8.ToArray(), JsonPath.Parse("Items")));

    private static Gen<string> Pages =>
        from items in Values(3)
        from isFirst in Gen.Elements(true, false)
        let members = new List<string> { $"\"Padding\": \"{Padding}\"", "\"NextToken\": \"next \\u00fc\\\"\"", "\"Items2\": [1, {\"Items\": 2}]" }
        select "{" + string.Join(", ", isFirst ? members.Prepend("\"Items\": " + items) : members.Append("\"Items\" :" + items)) + "}";

    private static Gen<string> Values(int depth) => depth == 0
        ? Gen.Elements("null", "1", "true", "\"]}\\\"\"", "{}", "[]")
        : Gen.OneOf(
            Values(0),
            from elements in Gen.ListOf(Values(depth - 1))
            select "[" + string.Join(" ,", elements) + "]",
            from name in Gen.Elements("Parts", "Items", "Other")
            from value in Values(depth - 1)
            from other in Values(0)
            select $"{{\"Before\": {other}, \"{name}\" : {value}}}");
}
