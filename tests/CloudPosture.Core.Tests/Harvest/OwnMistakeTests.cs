using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using CloudPosture.Harvest.Accounts;

namespace CloudPosture.Tests.Harvest;

/// <summary>A mistake of this program shows as what it is: AWS's answers are not blamed, and nobody is told to resume.</summary>
public sealed class OwnMistakeTests
{
    public static TheoryData<Type> Mistakes => [typeof(ArgumentException), typeof(KeyNotFoundException), typeof(InvalidOperationException), typeof(FormatException), typeof(NullReferenceException)];

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task TheAccountFailsAndTheMistakeIsNamed(Type mistake)
    {
        using var harvest = new HarvestFixture();
        harvest.Aws.On("sns:ListTopics", (Exception)Activator.CreateInstance(mistake, "we did it")!);

        var summary = Assert.Single(await harvest.RunAsync(harvest.Request("sns")));

        ExpectToldAsItIs(mistake, summary);
        Assert.Equal(0, summary.Gaps);
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task SoItIsWithACallThatCompletesAnItem(Type mistake)
    {
        using var harvest = new HarvestFixture();
        harvest.Aws.On("sns:ListTopics", """{"Topics":[{"TopicArn":"arn:aws:sns:eu-west-1:111122223333:a"}]}""");
        harvest.Aws.On("sns:GetTopicAttributes", (Exception)Activator.CreateInstance(mistake, "we did it")!);

        var summary = Assert.Single(await harvest.RunAsync(harvest.Request("sns")));

        ExpectToldAsItIs(mistake, summary);
    }

    private static void ExpectToldAsItIs(Type mistake, AccountSummary summary)
    {
        Assert.Equal((AccountStatus.Failed, $"CloudPosture itself made a mistake ({mistake.Name}: we did it)."), (summary.Status, summary.Failure));
        Assert.IsType(mistake, summary.Mistake!.InnerException);
        Assert.Contains(nameof(ScriptedAws), summary.Mistake.ToString(), StringComparison.Ordinal);
    }
}
