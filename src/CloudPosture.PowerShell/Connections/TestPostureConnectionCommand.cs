using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Connections;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Connections;

/// <summary>Tries connections and says of each thing whether it works, and what to do if not.</summary>
[Cmdlet(VerbsDiagnostic.Test, "PostureConnection")]
[OutputType(typeof(PostureConnectionCheck))]
[OutputType(typeof(bool))]
public sealed class TestPostureConnectionCommand : AwsCmdlet
{
    private const string Activity = "Test-PostureConnection";

    /// <summary>Names of connections.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Connection")]
    [NamesFrom("Connection", "Connections", "Name", What = "connection")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The Regions to try, in place of the connection's own.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string[]? Region { get; set; }

    /// <summary>Enters every account of an organization.</summary>
    [Parameter]
    public SwitchParameter AllAccount { get; set; }

    /// <summary>Tests the reading of the account's events too.</summary>
    [Parameter]
    public SwitchParameter IncludeEvents { get; set; }

    /// <summary>Gives each thing that was tried, also where it works.</summary>
    [Parameter]
    public SwitchParameter Detail { get; set; }

    /// <summary>Answers true or false for each connection.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override async Task RecordAsync(PipelineWriter writer, CancellationToken cancellationToken)
    {
        new NameFilter(Region).RefuseUnknownRegions();
        using var aws = OpenAws(writer);
        var tester = new ConnectionTester(aws.Resolver)
        {
            EntersAllAccounts = AllAccount,
            IncludesEvents = IncludeEvents,
            Progress = text => writer.Progress(new ProgressRecord(1, Activity, Display.Text(text))),
        };
        foreach (var stored in await new ConnectionStore().SelectAsync(Name, writer, cancellationToken).ConfigureAwait(false))
        {
            var connection = WithGivenCredentials(Region is null ? stored : stored with { Regions = Region }, writer);
            var diagnosis = await tester.TestAsync(connection, EndpointUrl, cancellationToken).ConfigureAwait(false);
            writer.Progress(new ProgressRecord(1, Activity, "Done") { RecordType = ProgressRecordType.Completed });
            if (Quiet)
            {
                writer.Output(diagnosis.Passed);
                continue;
            }

            foreach (var check in Detail ? PostureConnectionCheck.Each(diagnosis) : PostureConnectionCheck.Briefly(diagnosis))
            {
                writer.Output(check);
            }
        }
    }
}
