using System.Collections.Generic;
using CloudPosture.Onboarding.Quoting;

namespace CloudPosture.Onboarding.Templates;

/// <summary>Bash.</summary>
internal sealed class BashDialect() : ScriptDialect(Shell.Bash)
{
    public override IEnumerable<string> Begin(string title, string? expectedAccount)
    {
        yield return "#!/usr/bin/env bash";
        yield return Comment(title);
        yield return "set -euo pipefail";
        yield return "account=$(aws sts get-caller-identity --query Account --output text)";
        if (expectedAccount is not null)
        {
            yield return $"[ \"$account\" = {expectedAccount} ] || {{ echo \"These credentials are of account $account, and the role is for {expectedAccount}.\" >&2; exit 1; }}";
        }
    }

    public override IEnumerable<string> Call(ScriptCommand command) =>
        [Comment(command.Purpose), "aws " + string.Join(" \\\n  ", Words(command)) + " \\\n  > /dev/null"];

    public override string Print(string before, string after) => "echo " + WithAccount(before, after);

    public override string Comment(string text) => "# " + text;

    protected override string WithAccount(string before, string after) =>
        Quoter.Quote(before) + "\"$account\"" + Quoter.Quote(after);
}
