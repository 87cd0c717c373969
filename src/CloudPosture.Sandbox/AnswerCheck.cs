using System;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudPosture.Aws.Models;

namespace CloudPosture.Sandbox;

/// <summary>Finds members of an answer that the API model does not know, or of another type: mistakes of the sandbox.</summary>
internal static class AnswerCheck
{
    public static void Check(OperationModel operation, JsonObject output) => Check(operation.Output, output, operation.Service.Name + "." + operation.Name);

    private static void Check(Shape shape, JsonNode? value, string path)
    {
        if (value is null)
        {
            throw new InvalidOperationException($"{path} is null; leave it out.");
        }

        var kind = value.GetValueKind();
        switch (shape.Kind)
        {
            case ShapeKind.Structure:
                Expect(kind is JsonValueKind.Object, path, shape);
                foreach (var (name, child) in value.AsObject())
                {
                    var member = shape.Member(name) ?? throw new InvalidOperationException($"{path} has no member '{name}'.");
                    Check(member.Shape, child, path + "." + name);
                }

                break;
            case ShapeKind.List:
                Expect(kind is JsonValueKind.Array, path, shape);
                foreach (var item in value.AsArray())
                {
                    Check(shape.Element!.Shape, item, path + "[]");
                }

                break;
            case ShapeKind.Map:
                Expect(kind is JsonValueKind.Object, path, shape);
                foreach (var (name, child) in value.AsObject())
                {
                    Check(shape.Element!.Shape, child, path + "." + name);
                }

                break;
            case ShapeKind.Boolean:
                Expect(kind is JsonValueKind.True or JsonValueKind.False, path, shape);
                break;
            case ShapeKind.Integer or ShapeKind.Float:
                Expect(kind is JsonValueKind.Number, path, shape);
                break;
            case ShapeKind.String or ShapeKind.Timestamp or ShapeKind.Blob:
                Expect(kind is JsonValueKind.String, path, shape);
                break;
        }
    }

    private static void Expect(bool isRight, string path, Shape shape)
    {
        if (!isRight)
        {
            throw new InvalidOperationException($"{path} is not of type {shape.Kind}.");
        }
    }
}
