using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using CloudPosture.Text;

namespace CloudPosture.Reporting.Sheets;

/// <summary>Writes rows of RFC 4180, every field in quotes and on one line, and none that a spreadsheet takes for a formula. Does not own the stream.</summary>
internal sealed class CsvText(Stream stream, char separator) : IDisposable
{
    private const string RowEnd = "\r\n";
    private readonly StreamWriter _text = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16, leaveOpen: true);

    public void Row(IEnumerable<string> fields)
    {
        var isFirst = true;
        foreach (var field in fields)
        {
            if (!isFirst)
            {
                _text.Write(separator);
            }

            _text.Write('"');
            _text.Write(HostileText.Field(field).Replace("\"", "\"\""));
            _text.Write('"');
            isFirst = false;
        }

        _text.Write(RowEnd);
    }

    public void Flush() => _text.Flush();

    public void Dispose() => _text.Dispose();
}
