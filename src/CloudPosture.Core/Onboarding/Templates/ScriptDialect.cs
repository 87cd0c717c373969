using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Onboarding.Quoting;

namespace CloudPosture.Onboarding.Templates;

/// <summary>How a shell writes what a script consists of.</summary>
internal abstract class ScriptDialect(Shell shell)
{
    public virtual string NewLine => "\n";

    protected ArgumentQuoter Quoter { get; } = ArgumentQuoter.For(shell);

    /// <summary>Sets the shell up and finds the account; stops where it is not the expected one.</summary>
    public abstract IEnumerable<string> Begin(string title, string? expectedAccount);

    /// <summary>One call, which stops the script when it fails.</summary>
    public abstract IEnumerable<string> Call(ScriptCommand command);

    /// <summary>Prints a line: text, the account id, text.</summary>
    public abstract string Print(string before, string after);

    public abstract string Comment(string text);

    /// <summary>Last touches to the whole text.</summary>
    public virtual string Finish(string script) => script;

    /// <summary>A value that holds the account id.</summary>
    protected abstract string WithAccount(string before, string after);

    protected IEnumerable<string> Words(ScriptCommand command) =>
        new[] { $"iam {command.Operation}" }.Concat(command.Arguments.Select(Word));

    private string Word(ScriptArgument argument) => argument switch
    {
        { AfterAccount: { } after } => $"{argument.Option} {WithAccount(argument.Value, after)}",
        { IsJson: true } => $"{argument.Option} {Quoter.QuoteJson(argument.Value)}",
        // The AWS CLI would take a value that begins with a dash for an option.
        _ when argument.Value.StartsWith("-", StringComparison.Ordinal) => Quoter.Quote($"{argument.Option}={argument.Value}"),
        _ => $"{argument.Option} {Quoter.Quote(argument.Value)}",
    };
}
