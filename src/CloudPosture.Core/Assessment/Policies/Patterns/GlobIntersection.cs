using System.Collections.Generic;
using System.Text;
using CloudPosture.Assessment.Policies.Solving;

namespace CloudPosture.Assessment.Policies.Patterns;

/// <summary>Computes patterns for what two patterns both match.</summary>
internal sealed class GlobIntersection
{
    private const int MostResults = 12;
    private const int MostSteps = 4_000;
    private const int CellsAStep = 4;
    private readonly string _left;
    private readonly string _right;
    private readonly bool[,] _meets;
    private readonly StringBuilder _path = new();
    private readonly HashSet<string> _found = new(System.StringComparer.Ordinal);
    private readonly Work _work;
    private int _steps;

    private GlobIntersection(string left, string right, Work work)
    {
        (_left, _right, _work) = (left, right, work);
        _meets = Table();
    }

    /// <summary>Patterns for what both match; none where the work does not suffice.</summary>
    /// <param name="left">The one pattern.</param>
    /// <param name="right">The other one.</param>
    /// <param name="work">What that may take.</param>
    public static IReadOnlyList<Glob> Of(string left, string right, Work work)
    {
        var (start, end) = (SharedStart(left, right), 0);
        var shortest = System.Math.Min(left.Length, right.Length) - start;
        while (end < shortest && IsSame(left[left.Length - 1 - end], right[right.Length - 1 - end]))
        {
            end++;
        }

        if ((end < shortest && Differs(left, left.Length - 1 - end, right, right.Length - 1 - end))
            || !work.SpendFinding(1 + ((long)(left.Length - start - end + 1) * (right.Length - start - end + 1) / CellsAStep)))
        {
            return [];
        }

        var intersection = new GlobIntersection(left.Substring(start, left.Length - start - end), right.Substring(start, right.Length - start - end), work);
        intersection.Walk(0, 0);
        if (intersection._found.Count == 0 && intersection._meets[0, 0])
        {
            work.Curtail();
        }

        var globs = new List<Glob>(intersection._found.Count);
        foreach (var pattern in intersection._found)
        {
            globs.Add(new Glob(left.Substring(0, start) + pattern + left.Substring(left.Length - end)));
        }

        return globs;
    }

    private static int SharedStart(string left, string right)
    {
        var start = 0;
        while (start < left.Length && start < right.Length && IsSame(left[start], right[start]))
        {
            start++;
        }

        return start;
    }

    private static bool IsSame(char left, char right) => left == right && !IsWild(left);

    private static bool IsWild(char character) => character is Glob.Any or Glob.One;

    private static bool Differs(string left, int i, string right, int j) =>
        i < left.Length && j < right.Length && !IsWild(left[i]) && !IsWild(right[j]) && left[i] != right[j];

    // meets[i, j]: some text is matched by what is left of both patterns from i and from j.
    private bool[,] Table()
    {
        var table = new bool[_left.Length + 1, _right.Length + 1];
        for (var i = _left.Length; i >= 0; i--)
        {
            for (var j = _right.Length; j >= 0; j--)
            {
                table[i, j] = Meets(table, i, j);
            }
        }

        return table;
    }

    private bool Meets(bool[,] table, int i, int j)
    {
        var (leftEnds, rightEnds) = (i == _left.Length, j == _right.Length);
        if (leftEnds && rightEnds)
        {
            return true;
        }

        if (!leftEnds && _left[i] == Glob.Any && (table[i + 1, j] || (!rightEnds && table[i, j + 1])))
        {
            return true;
        }

        if (!rightEnds && _right[j] == Glob.Any && (table[i, j + 1] || (!leftEnds && table[i + 1, j])))
        {
            return true;
        }

        return !leftEnds && !rightEnds && Common(_left[i], _right[j]) is not null && table[i + 1, j + 1];
    }

    private static char? Common(char left, char right) =>
        left == Glob.Any || right == Glob.Any ? null
        : left == Glob.One ? right
        : right == Glob.One || left == right ? left
        : null;

    private void Walk(int i, int j)
    {
        if (!_meets[i, j] || _found.Count >= MostResults || ++_steps > MostSteps || !_work.SpendFinding(1))
        {
            return;
        }

        var (leftEnds, rightEnds) = (i == _left.Length, j == _right.Length);
        if (leftEnds && rightEnds)
        {
            _found.Add(_path.ToString());
        }
        else if (!leftEnds && !rightEnds && _left[i] == Glob.Any && _right[j] == Glob.Any)
        {
            WalkWith(Glob.Any, i + 1, j + 1);
            WalkWith(Glob.Any, i + 1, j);
            WalkWith(Glob.Any, i, j + 1);
        }
        else if (!leftEnds && _left[i] == Glob.Any)
        {
            if (!rightEnds)
            {
                WalkWith(_right[j], i, j + 1);
            }

            Walk(i + 1, j);
        }
        else if (!rightEnds && _right[j] == Glob.Any)
        {
            if (!leftEnds)
            {
                WalkWith(_left[i], i + 1, j);
            }

            Walk(i, j + 1);
        }
        else if (!leftEnds && !rightEnds && Common(_left[i], _right[j]) is { } common)
        {
            WalkWith(common, i + 1, j + 1);
        }
    }

    private void WalkWith(char character, int i, int j)
    {
        var length = _path.Length;
        if (character != Glob.Any || length == 0 || _path[length - 1] != Glob.Any)
        {
            _path.Append(character);
        }

        Walk(i, j);
        _path.Length = length;
    }
}
