using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using CloudPosture.ModuleBuilder.Help;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Roles;

namespace CloudPosture.PowerShell.Tests;

/// <summary>What every cmdlet owes to people who know PowerShell, checked on the compiled classes.</summary>
public sealed class CmdletContractTests
{
    private static readonly Type[] VerbClasses =
    [
        typeof(VerbsCommon), typeof(VerbsCommunications), typeof(VerbsData), typeof(VerbsDiagnostic),
        typeof(VerbsLifecycle), typeof(VerbsOther), typeof(VerbsSecurity),
    ];

    private static readonly HashSet<string> ReadingVerbs =
        [VerbsCommon.Get, VerbsDiagnostic.Test, VerbsLifecycle.Wait, VerbsLifecycle.Assert, VerbsData.Compare, VerbsDiagnostic.Measure];

    public static TheoryData<string> Names => Cmdlets.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Verb_is_approved(string name)
    {
        var approved = VerbClasses.SelectMany(type => type.GetFields()).Select(field => (string)field.GetRawConstantValue()!);

        Assert.Contains(Cmdlets.Get(name).Verb, approved);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Noun_is_singular_and_ours(string name)
    {
        var noun = Cmdlets.Get(name).Noun;

        Assert.Matches("^(Posture|(Posture|Delegation)[A-Z][A-Za-z]+)$", noun);
        Assert.DoesNotMatch("[^s]s$", noun);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Class_is_named_after_the_cmdlet_sealed_and_alone_in_its_file(string name)
    {
        var type = Cmdlets.Get(name).Type;

        Assert.Equal(name.Replace("-", "", StringComparison.Ordinal) + "Command", type.Name);
        Assert.True(type is { IsSealed: true, IsPublic: true });
        var file = Assert.Single(Directory.GetFiles(
            Path.Combine(Cmdlets.Repository, "src", "CloudPosture.PowerShell"), type.Name + ".cs", SearchOption.AllDirectories));
        Assert.Single(Regex.Matches(File.ReadAllText(file), @"^(public|internal).*\b(class|record|struct|interface|enum) ", RegexOptions.Multiline));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_parameter_of_a_few_words_says_which_there_are(string name)
    {
        foreach (var property in Cmdlets.Get(name).Type.GetProperties().Where(property => property.IsDefined(typeof(ParameterAttribute), inherit: true)))
        {
            var type = property.PropertyType.GetElementType() ?? Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            if (type is { IsEnum: true, Namespace: { } space } && space.StartsWith("CloudPosture", StringComparison.Ordinal))
            {
                Assert.Equal(type, Assert.Single(property.GetCustomAttributes<ChoiceAttribute>()).Words);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Output_is_declared(string name) => Assert.NotEmpty(Cmdlets.Get(name).Outputs);

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_parameter_set_takes_at_most_one_parameter_from_the_pipeline(string name)
    {
        var cmdlet = Cmdlets.Get(name);

        Assert.All(cmdlet.ParameterSets, set => Assert.True(cmdlet.ParametersOf(set).Count(parameter => parameter.Use.FromPipeline) <= 1));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Positions_in_a_parameter_set_are_distinct(string name)
    {
        var cmdlet = Cmdlets.Get(name);

        Assert.All(cmdlet.ParameterSets, set =>
        {
            var positions = cmdlet.ParametersOf(set).Select(parameter => parameter.Use.Position).Where(position => position is not null).ToList();
            Assert.Equal(positions.Distinct(), positions);
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Parameters_are_Pascal_case_and_switches_instead_of_booleans(string name) => Assert.All(
        Cmdlets.Get(name).Parameters,
        parameter =>
        {
            Assert.Matches("^[A-Z][A-Za-z0-9]*$", parameter.Name);
            Assert.NotEqual(typeof(bool), parameter.Type);
        });

    [Theory]
    [MemberData(nameof(Names))]
    public void Secrets_are_asked_for_by_the_names_that_users_of_AWS_Tools_know(string name)
    {
        var parameters = Cmdlets.Get(name).Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Aliases);
        if (parameters.TryGetValue("ProfileName", out var aliases))
        {
            Assert.Contains("StoredCredentials", aliases);
            Assert.Contains("AWSProfileName", aliases);
            Assert.Contains("AK", parameters["AccessKey"]);
            Assert.Contains("SK", parameters["SecretKey"]);
            Assert.Contains("ST", parameters["SessionToken"]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Cmdlets_that_change_something_support_WhatIf(string name)
    {
        var cmdlet = Cmdlets.Get(name);

        Assert.True(cmdlet.SupportsShouldProcess || ReadingVerbs.Contains(cmdlet.Verb));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Default_parameter_set_exists(string name)
    {
        var cmdlet = Cmdlets.Get(name);

        Assert.Contains(cmdlet.DefaultParameterSet ?? CmdletShape.AllSets, cmdlet.ParameterSets);
    }

    /// <summary>PowerShell inherits parameters from classes alone, and who writes a template needs no credentials: the two state them side by side.</summary>
    [Fact]
    public void A_role_is_described_by_the_same_parameters_whether_it_is_made_or_written()
    {
        var written = Cmdlets.Get("Export-PostureTemplate").Parameters.ToDictionary(parameter => parameter.Name);
        var made = typeof(NewRoleCmdlet).GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Select(CmdletParameter.TryRead).OfType<CmdletParameter>().Where(parameter => parameter.Name != nameof(NewRoleCmdlet.InputObject)).ToList();

        Assert.True(made.Count > 10, "The parameters of a role are not found.");
        Assert.All(made, parameter => Assert.Equal(
            (parameter.Type, string.Join(' ', parameter.Aliases), parameter.SupportsWildcards),
            (written[parameter.Name].Type, string.Join(' ', written[parameter.Name].Aliases), written[parameter.Name].SupportsWildcards)));
    }

    [Fact]
    public void No_type_of_the_AWS_SDK_shows_in_a_signature()
    {
        var shown = typeof(PostureCmdlet).Assembly.GetExportedTypes().Concat(Cmdlets.Outputs).Distinct()
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType))
            .SelectMany(type => type.GetGenericArguments().Append(type.GetElementType() ?? type));

        Assert.DoesNotContain(shown, type => type.Namespace?.StartsWith("Amazon", StringComparison.Ordinal) == true);
    }
}
