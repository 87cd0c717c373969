using System.Collections.Generic;
using System.Text;

namespace CloudPosture.Assessment.Policies;

/// <summary>Computes patterns for what two patterns both match.</summary>
internal sealed class GlobIntersection
{
    private const int MostResults = 12;
    private const int MostSteps = 4_000;
    private readonly string _left;
    private readonly string _right;
    private readonly bool[,] _meets;
    private readonly StringBuilder _path = new();
    private readonly HashSet<string> _found = new(System.StringComparer.Ordinal);
    private int _steps;

    private GlobIntersection(string left, string right)
    {
        (_left, _right) = (left, right);
        _meets = Table();
    }

    public static IReadOnlyList<Glob> Of(string left, string right)
    {
        var intersection = new GlobIntersection(left, right);
        intersection.Walk(0, 0);
        var globs = new List<Glob>(intersection._found.Count);
        foreach (var pattern in intersection._found)
        {
            globs.Add(new Glob(pattern));
        }

        return globs;
    }

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
        if (!_meets[i, j] || _found.Count >= MostResults || ++_steps > MostSteps)
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
