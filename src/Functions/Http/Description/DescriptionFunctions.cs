using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Trainyard.Domain.Access;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Problems;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Contracts;

namespace Trainyard.Functions.Http.Description;

/// <summary><c>/openapi.json</c> and <c>/docs</c>: the API for programs and for people.</summary>
public sealed class DescriptionFunctions(ApiDescription description)
{
    /// <summary>This document: the whole API as OpenAPI 3.1.</summary>
    [Function("OpenApi")]
    [Operation(Scopes.None, LimitClass.Read)]
    [Answer(StatusCodes.Status200OK, "application/json")]
    public IResult Describe([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "openapi.json")] HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new AssetResult(new DocsAsset(description.Json, "application/json; charset=utf-8", IsGzip: false));
    }

    /// <summary>The API as a page to read and to try in a browser.</summary>
    [Function("Docs")]
    [Operation(Scopes.None, LimitClass.Read)]
    [Answer(StatusCodes.Status200OK, "text/html")]
    public IResult Page([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "docs")] HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new AssetResult(DocsAsset.Find(DocsAsset.Page)!);
    }

    /// <summary>A file of that page.</summary>
    [Function("DocsFile")]
    [Operation(Scopes.None, LimitClass.Read)]
    [Answer(StatusCodes.Status200OK, "text/javascript")]
    [Refuses(ProblemKind.NotFound, "page_file_not_found")]
    public IResult File(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "docs/{file}")] HttpRequest request,
        [Path("The file's name.", "swagger-ui-bundle.js", IsName = false)] string file)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new AssetResult(DocsAsset.Find(file) ?? throw new ProblemException(new Problem(ProblemKind.NotFound, "page_file_not_found", "The page has no such file.", "file")));
    }
}
