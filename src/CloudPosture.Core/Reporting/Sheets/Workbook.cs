using System;
using System.Collections.Generic;
using System.Drawing;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CloudPosture.Text;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Tables;
using SpreadCheetah.Worksheets;

namespace CloudPosture.Reporting.Sheets;

/// <summary>
/// A workbook that is written sheet by sheet and row by row. No cell is a formula, whatever a name looks like. The library's calls are
/// asynchronous; they write to a file, and are waited for here.
/// </summary>
internal sealed class Workbook : IDisposable
{
    private const int LongestCell = 32_767;
    private const int MostColumns = 16_384;
    private readonly Spreadsheet _book;
    private readonly int _mostRows;
    private readonly StyleId _head;
    private readonly StyleId _time;
    private readonly Dictionary<string, StyleId> _colours;
    private string _name = "";
    private IReadOnlyList<(string Name, int Width)> _columns = [];
    private int _rows;
    private int _parts;
    private bool _isInTable;

    /// <param name="stream">Where to; not owned.</param>
    /// <param name="colours">The background of cells that say one of these words.</param>
    /// <param name="mostRows">How many rows a sheet holds below its head.</param>
    /// <param name="hasPlaces">Whether each cell says where it is: Excel does without, but not each reader for other languages.</param>
    public Workbook(Stream stream, IEnumerable<(string Word, Color Colour)> colours, int mostRows, bool hasPlaces)
    {
        _mostRows = mostRows;
        _book = Wait(Spreadsheet.CreateNewAsync(stream, new SpreadCheetahOptions { WriteCellReferenceAttributes = hasPlaces }));
        _head = _book.AddStyle(new Style { Font = { Bold = true } });
        _time = _book.AddStyle(new Style { Format = NumberFormat.Custom("yyyy-mm-dd hh:mm:ss") });
        _colours = colours.ToDictionary(colour => colour.Word, colour => _book.AddStyle(new Style { Fill = { Color = colour.Colour } }), StringComparer.Ordinal);
    }

    /// <summary>Begins a sheet whose first row stays in view. Where there is something to filter, it is a table; rows that it cannot hold go to another of its kind.</summary>
    /// <param name="name">The sheet's name, and the table's.</param>
    /// <param name="columns">The names and widths of the columns; those beyond what Excel holds are left out.</param>
    /// <param name="hasRows">Whether rows follow: Excel takes no table without any.</param>
    public void Sheet(string name, IReadOnlyList<(string Name, int Width)> columns, bool hasRows)
    {
        (_name, _columns, _parts) = (name, columns, 0);
        BeginPart(hasRows);
    }

    /// <summary>Adds a row of texts, times and whole numbers; null is an empty cell.</summary>
    public void Row(IReadOnlyList<object?> values)
    {
        if (_rows == _mostRows)
        {
            BeginPart(hasRows: true);
        }

        var cells = new Cell[Math.Min(values.Count, MostColumns)];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = CellOf(values[i]);
        }

        Wait(_book.AddRowAsync(cells));
        _rows++;
    }

    /// <summary>Ends the workbook.</summary>
    public void Finish()
    {
        EndTable();
        Wait(_book.FinishAsync());
    }

    public void Dispose() => _book.Dispose();

    private static void Wait(ValueTask work)
    {
        if (work.IsCompleted)
        {
            work.GetAwaiter().GetResult();
        }
        else
        {
            work.AsTask().GetAwaiter().GetResult();
        }
    }

    private static T Wait<T>(ValueTask<T> work) => work.AsTask().GetAwaiter().GetResult();

    private void BeginPart(bool hasRows)
    {
        EndTable();
        var number = (++_parts).ToString(CultureInfo.InvariantCulture);
        var options = new WorksheetOptions { FrozenRows = 1 };
        for (var i = 0; i < Math.Min(_columns.Count, MostColumns); i++)
        {
            options.Column(i + 1).Width = _columns[i].Width;
        }

        Wait(_book.StartWorksheetAsync(_parts == 1 ? _name : $"{_name} {number}", options));
        if (hasRows)
        {
            _book.StartTable(new Table(TableStyle.Medium2, _name + number));
            _isInTable = true;
        }

        Wait(_book.AddHeaderRowAsync([.. _columns.Take(MostColumns).Select(column => column.Name)], _head));
        _rows = 0;
    }

    private void EndTable()
    {
        if (_isInTable)
        {
            Wait(_book.FinishTableAsync());
            _isInTable = false;
        }
    }

    private Cell CellOf(object? value) => value switch
    {
        null => new Cell((string?)null),
        DateTimeOffset time => new Cell(time.UtcDateTime, _time),
        long number => new Cell(number),
        string text when _colours.TryGetValue(text, out var colour) => new Cell(text, colour),
        string text => new Cell(Cut.At(HostileText.Cell(text), LongestCell)),
        _ => throw new ArgumentException($"A cell holds no {value.GetType().Name}.", nameof(value)),
    };
}
