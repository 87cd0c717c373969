using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Quoting;

namespace CloudPosture.Onboarding.Templates;

/// <summary>How a shell writes what a script consists of.</summary>
internal abstract class ScriptDialect(Shell shell)
{
    public virtual string NewLine => "\n";

    protected ArgumentQuoter Quoter { get; } = ArgumentQuoter.For(shell);

    /// <summary>What goes before each line of a choice's steps.</summary>
    protected virtual string Indent => "";

    /// <summary>Sets the shell up and finds the account; stops where it is not the expected one.</summary>
    public abstract IEnumerable<string> Begin(string title, string? expectedAccount);

    /// <summary>The lines of one step. A call that fails stops the script.</summary>
    public IEnumerable<string> Lines(ScriptStep step) => step switch
    {
        ScriptCommand command => Call(command),
        ScriptQuestion question => Ask(question),
        ScriptChoice choice => Choose(choice),
        ScriptStop stop => Stop(stop),
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "There is no such step."),
    };

    /// <summary>Prints a line: text, the account id where there is more text, that text.</summary>
    public abstract string Print(string before, string? after = null);

    public abstract string Comment(string text);

    /// <summary>What ends the script.</summary>
    public virtual IEnumerable<string> End() => [];

    /// <summary>Last touches to the whole text.</summary>
    public virtual string Finish(string script) => script;

    protected abstract IEnumerable<string> Call(ScriptCommand command);

    protected abstract IEnumerable<string> Ask(ScriptQuestion question);

    protected abstract IEnumerable<string> Choose(ScriptChoice choice);

    protected abstract IEnumerable<string> Stop(ScriptStop stop);

    /// <summary>A value that holds the account id.</summary>
    protected abstract string WithAccount(string before, string after);

    /// <summary>A variable's value as an argument.</summary>
    protected abstract string Variable(string name);

    /// <summary>The lines of some steps of a choice.</summary>
    protected IEnumerable<string> Inner(IEnumerable<ScriptStep> steps) => steps.SelectMany(Lines).Select(line => Indent + line);

    /// <summary>Whether a text can stand in the script's own commands; what cannot goes as JSON.</summary>
    protected virtual bool CanWrite(string text) => Quoter.CanQuote(text);

    protected IReadOnlyList<string> Words(string operation, IReadOnlyList<ScriptArgument> arguments)
    {
        var moved = arguments.Where(argument => argument is { IsInput: true, IsJson: false } && (argument.IsFollowed || !CanWrite(argument.Value))).ToList();
        IEnumerable<ScriptArgument> written = moved.Count == 0 ? arguments : [.. arguments.Except(moved), ScriptInput.Of(moved)];
        return [$"iam {operation}", .. written.Select(Word)];
    }

    private string Word(ScriptArgument argument) => argument switch
    {
        { IsFlag: true } => argument.Option,
        { IsVariable: true } => $"{argument.Option} {Variable(argument.Value)}",
        { AfterAccount: { } after } => $"{argument.Option} {WithAccount(argument.Value, after)}",
        { IsJson: true } => $"{argument.Option} {Quoter.QuoteJson(argument.Value)}",
        // The AWS CLI would take a value that begins with a dash for an option.
        _ when argument.Value.StartsWith("-", StringComparison.Ordinal) => Quoter.Quote($"{argument.Option}={argument.Value}"),
        _ => $"{argument.Option} {Quoter.Quote(argument.Value)}",
    };
}
