using System;
using System.Collections.Generic;
using System.Globalization;
using CloudPosture.Errors;

namespace CloudPosture.Harvest.Accounts;

/// <summary>An engine that runs many copies of one job, and the variables by which it numbers them.</summary>
internal sealed record JobArray(string Engine, string IndexName, string CountName)
{
    /// <summary>
    /// Kubernetes numbers the pods of an indexed job and says nowhere how many there are: the job's file sets JOB_COMPLETIONS.
    /// Azure Pipelines and GitLab tell every job of a total of 1 where nothing is parallel.
    /// </summary>
    public static readonly IReadOnlyList<JobArray> All =
    [
        new("Kubernetes", "JOB_COMPLETION_INDEX", "JOB_COMPLETIONS"),
        new("AWS Batch", "AWS_BATCH_JOB_ARRAY_INDEX", "AWS_BATCH_JOB_ARRAY_SIZE"),
        new("Azure Pipelines", "SYSTEM_JOBPOSITIONINPHASE", "SYSTEM_TOTALJOBSINPHASE") { First = 1 },
        new("GitLab", "CI_NODE_INDEX", "CI_NODE_TOTAL") { First = 1, Sign = "GITLAB_CI" },
        new("CircleCI", "CIRCLE_NODE_INDEX", "CIRCLE_NODE_TOTAL"),
        new("Buildkite", "BUILDKITE_PARALLEL_JOB", "BUILDKITE_PARALLEL_JOB_COUNT"),
        new("Semaphore", "SEMAPHORE_JOB_INDEX", "SEMAPHORE_JOB_COUNT") { First = 1 },
        new("Slurm", "SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT") { FirstName = "SLURM_ARRAY_TASK_MIN" },
        new("Cloud Run", "CLOUD_RUN_TASK_INDEX", "CLOUD_RUN_TASK_COUNT"),
    ];

    /// <summary>The number of the first job.</summary>
    public int First { get; init; }

    /// <summary>The variable that holds the number of the first job, where the user chooses it.</summary>
    public string? FirstName { get; init; }

    /// <summary>A variable that only this engine sets, where others use the same names and number from elsewhere.</summary>
    public string? Sign { get; init; }

    /// <summary>The shard that the engine made of this process.</summary>
    /// <param name="count">How many shards the user says there are; null for what the engine says.</param>
    /// <param name="environment">Reads a variable.</param>
    /// <returns>Null where the engine does not run this process, or this is the only one.</returns>
    /// <exception cref="SettingException">The variables are no numbers, or contradict each other or the user.</exception>
    public Shard? Find(int? count, Func<string, string?> environment)
    {
        if (string.IsNullOrEmpty(environment(IndexName)) || (Sign is not null && string.IsNullOrEmpty(environment(Sign))))
        {
            return null;
        }

        var told = Number(CountName, environment);
        if (told == 1 && count is null)
        {
            return null;
        }

        if (told is not null && count is not null && told != count)
        {
            throw new SettingException($"There are to be {count} shards, but {Engine} runs {told} jobs ({CountName}).", new Advice("Leave their number to it, or give this process's number too.", "ShardCountDiffers"));
        }

        var index = Number(IndexName, environment)!.Value - (FirstName is null ? First : Number(FirstName, environment) ?? 0);
        var all = count ?? told
            ?? throw new SettingException(
                $"{Engine} numbers this process ({IndexName}), but nothing says how many there are.",
                new Advice($"Set {CountName}, or say how many there are; one reads all accounts here.", "ShardCountMissing", CountName));
        return index >= 0 && index < all
            ? new Shard(index, all)
            : throw new SettingException($"{IndexName} is {environment(IndexName)}: {Engine} has no such job among {all}.", Variables);
    }

    private static Advice Variables => new("Correct the variables, or give this process's number and how many there are.", "ShardVariables");

    private int? Number(string name, Func<string, string?> environment) => environment(name) switch
    {
        null or "" => null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        var text => throw new SettingException($"{name} is '{text}', which is no number. {Engine} sets it.", Variables),
    };
}
