using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;

namespace CloudPosture.Content.Cases;

/// <summary>Puts a patch on a record: objects merge, null removes, lists and scalars replace. A key with a dot or bracket is a path.</summary>
internal static class CasePatch
{
    /// <summary>The patched copy.</summary>
    public static JsonObject Apply(JsonObject target, JsonObject patch)
    {
        var result = target.DeepClone().AsObject();
        foreach (var change in patch)
        {
            if (change.Key.IndexOfAny(['.', '[']) >= 0 && !result.ContainsKey(change.Key))
            {
                SetAt(result, Steps(change.Key), change.Value);
            }
            else
            {
                Merge(result, change.Key, change.Value);
            }
        }

        return result;
    }

    private static void Merge(JsonObject target, string key, JsonNode? value)
    {
        if (value is null)
        {
            target.Remove(key);
        }
        else if (!IsMerged(target[key], value))
        {
            target[key] = value.DeepClone();
        }
    }

    /// <summary>Puts an object's changes into the object that is there; false where one of them is none.</summary>
    private static bool IsMerged(JsonNode? existing, JsonNode value)
    {
        if (existing is not JsonObject target || value is not JsonObject changes)
        {
            return false;
        }

        foreach (var change in changes)
        {
            Merge(target, change.Key, change.Value);
        }

        return true;
    }

    private static void SetAt(JsonNode target, IReadOnlyList<object> steps, JsonNode? value)
    {
        foreach (var (step, next) in steps.Zip(steps.Skip(1), (step, next) => (step, next)))
        {
            target = Child(target, step, next);
        }

        var last = steps[steps.Count - 1];
        if (last is string name && target is JsonObject parent)
        {
            Merge(parent, name, value);
        }
        else if (last is int index && target is JsonArray list)
        {
            SetElement(list, index, value);
        }
    }

    private static void SetElement(JsonArray list, int index, JsonNode? value)
    {
        if (index >= list.Count)
        {
            list.Add(value?.DeepClone());
        }
        else if (value is null)
        {
            list.RemoveAt(index);
        }
        else if (!IsMerged(list[index], value))
        {
            list[index] = value.DeepClone();
        }
    }

    private static JsonNode Child(JsonNode target, object step, object next)
    {
        JsonNode Empty() => next is int ? new JsonArray() : new JsonObject();
        switch (step, target)
        {
            case (string name, JsonObject parent):
                return parent[name] ?? (parent[name] = Empty());
            case (int index, JsonArray list):
                if (index >= list.Count)
                {
                    list.Add(Empty());
                    index = list.Count - 1;
                }

                return list[index]!;
            default:
                throw new InvalidOperationException($"The patch goes through '{step}', which the base does not have.");
        }
    }

    private static List<object> Steps(string path)
    {
        var steps = new List<object>();
        foreach (var part in path.Split('.'))
        {
            var names = part.Split('[');
            if (names[0].Length > 0)
            {
                steps.Add(names[0]);
            }

            steps.AddRange(names.Skip(1).Select(index => (object)int.Parse(index.TrimEnd(']'), CultureInfo.InvariantCulture)));
        }

        return steps;
    }
}
