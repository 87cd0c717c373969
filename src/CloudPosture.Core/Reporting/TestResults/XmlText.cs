using System.IO;
using System.Text;
using System.Xml;
using CloudPosture.Text;

namespace CloudPosture.Reporting.TestResults;

/// <summary>Writes XML of names that others chose: what XML cannot hold is replaced, and nothing is a command of a pipeline.</summary>
internal static class XmlText
{
    public static XmlWriter Writer(Stream stream) => XmlWriter.Create(stream, new XmlWriterSettings
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = true,
        NewLineChars = "\n",
        CloseOutput = false,
    });

    public static void Attribute(this XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, HostileText.Plain(value));

    public static void Attribute(this XmlWriter xml, string name, long value) => xml.WriteAttributeString(name, XmlConvert.ToString(value));

    /// <summary>Writes lines, each made harmless by itself.</summary>
    public static void Lines(this XmlWriter xml, params string[] lines)
    {
        foreach (var line in lines)
        {
            xml.WriteString(HostileText.Plain(line) + "\n");
        }
    }

    /// <summary>Writes a name and a value as both JUnit and NUnit have them.</summary>
    public static void Property(this XmlWriter xml, string name, string value)
    {
        xml.WriteStartElement("property");
        xml.Attribute("name", name);
        xml.Attribute("value", value);
        xml.WriteEndElement();
    }
}
