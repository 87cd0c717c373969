namespace CloudPosture.Reporting;

/// <summary>The formats in which findings are handed on.</summary>
public enum ReportFormat
{
    /// <summary>A row a finding, for spreadsheets and scripts.</summary>
    Csv,

    /// <summary>Everything that is known, with the rules and the counts.</summary>
    Json,

    /// <summary>SARIF 2.1.0, for code scanning of GitHub, GitLab and Azure DevOps.</summary>
    Sarif,

    /// <summary>JUnit, for the test results of Azure DevOps, Jenkins and GitLab.</summary>
    JUnit,

    /// <summary>NUnit 3, for the same.</summary>
    NUnit,

    /// <summary>One page for a browser that needs nothing else: score, benchmarks, findings with filters, what is missing.</summary>
    Html,

    /// <summary>Markdown, for the summary of a pipeline's run or a pull request.</summary>
    Markdown,

    /// <summary>A workbook for Excel: summary, accounts, rules, findings, requirements and resources.</summary>
    Xlsx,

    /// <summary>Compliance Findings of the Open Cybersecurity Schema Framework.</summary>
    Ocsf,

    /// <summary>The AWS Security Finding Format, as BatchImportFindings takes it.</summary>
    Asff,

    /// <summary>The CSV of Prowler, for tools that read it.</summary>
    ProwlerCsv,
}
