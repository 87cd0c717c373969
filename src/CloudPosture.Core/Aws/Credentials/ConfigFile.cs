using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CloudPosture.Files;

namespace CloudPosture.Aws.Credentials;

/// <summary>One of the two AWS files: <c>config</c>, whose sections tell their kind, or <c>credentials</c>, whose sections are profiles.</summary>
internal sealed class ConfigFile
{
    private readonly IReadOnlyList<ConfigSection> _sections;

    private ConfigFile(string path, bool isConfig, IReadOnlyList<ConfigSection> sections)
    {
        Path = path;
        IsConfig = isConfig;
        _sections = sections;
    }

    public string Path { get; }

    /// <summary>Whether it is read as <c>config</c>.</summary>
    public bool IsConfig { get; }

    /// <summary>The names of its profiles.</summary>
    public IEnumerable<string> Profiles => _sections.Select(ProfileOf).OfType<string>();

    /// <summary>Reads a file; one that is not there has nothing in it.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="isConfig">Which of the two it is; null where that is for its sections to tell.</param>
    /// <exception cref="CredentialException">It cannot be read. The message quotes nothing of it, as it may hold secrets.</exception>
    public static ConfigFile Read(string path, bool? isConfig = null)
    {
        try
        {
            var sections = File.Exists(path) ? ConfigSection.Read(GivenFile.ReadLines(path)) : [];
            return new ConfigFile(path, isConfig ?? sections.Any(section => section.NameOf("profile") is not null || section.NameOf("sso-session") is not null), sections);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CredentialException($"The AWS profiles in {path} cannot be read ({problem.GetType().Name}). Correct the file's access rights.");
        }
    }

    /// <summary>A profile's section; null where there is none. <c>[profile default]</c> goes before <c>[default]</c>.</summary>
    public ConfigSection? Profile(string name)
    {
        var sections = _sections.Where(section => ProfileOf(section) == name).ToList();
        var ofItsKind = sections.FindAll(section => section.Header != name);
        return ConfigSection.Joined(ofItsKind.Count > 0 ? ofItsKind : sections);
    }

    /// <summary>A section of another kind (<c>[sso-session name]</c>, <c>[services name]</c>); null where there is none.</summary>
    public ConfigSection? Section(string kind, string name) => IsConfig ? ConfigSection.Joined([.. _sections.Where(section => section.NameOf(kind) == name)]) : null;

    private string? ProfileOf(ConfigSection section) =>
        !IsConfig ? section.Header
        : section.Header == "default" ? section.Header
        : section.NameOf("profile");
}
