package dev.sallyport.server.endpoint;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Headers;
import dev.sallyport.api.Reason;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusDetails;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.ResourceCatalogue;
import dev.sallyport.resources.ResourceGroup;
import dev.sallyport.resources.discovery.DiscoveryAccept;
import dev.sallyport.resources.discovery.DiscoveryDocument;
import dev.sallyport.resources.discovery.DiscoveryDocuments;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.http.ResponseHeaders;
import dev.sallyport.server.response.Negotiator;
import dev.sallyport.server.response.Representation;
import dev.sallyport.server.response.ResponseWriter;
import dev.sallyport.server.response.Responses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the API serves, at /api, /apis and below: plain, or in one piece as kubectl asks for it. */
public final class DiscoveryEndpoint implements Endpoint {

  private final DiscoveryDocuments documents;
  private final ResourceCatalogue catalogue;
  private final ResponseWriter writer;

  public DiscoveryEndpoint(
      DiscoveryDocuments documents, ResourceCatalogue catalogue, ResponseWriter writer) {
    this.documents = documents;
    this.catalogue = catalogue;
    this.writer = writer;
  }

  @Override
  public Answer<Response> answer(RequestContext context) {
    String path = context.info().path();
    Headers headers = context.request().headers();
    DiscoveryDocument whole = documents.aggregated(path);
    if (whole != null && DiscoveryAccept.aggregated(headers.first("accept"))) {
      return Answer.now(aggregated(whole, headers.first("if-none-match")));
    }
    DiscoveryDocument document = isLegacy(path) ? legacy(context) : documents.document(path);
    if (document == null) {
      return unknown(context.info());
    }
    Representation form = Negotiator.PLAIN.choose(headers, context.query().first("pretty"));
    return Answer.now(writer.object(form, 200, document.json()));
  }

  private static boolean isLegacy(String path) {
    return path.equals("/api") || path.equals("/api/");
  }

  private DiscoveryDocument legacy(RequestContext context) {
    InetSocketAddress local = context.request().connection().localAddress();
    InetAddress address = local.getAddress();
    String host = address.getHostAddress();
    return documents.legacyVersions(
        (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + local.getPort());
  }

  private static Response aggregated(DiscoveryDocument document, @Nullable String known) {
    boolean unchanged = document.etag().equals(known);
    ResponseHeaders headers =
        new ResponseHeaders()
            .add("cache-control", DiscoveryDocuments.AGGREGATED_CACHE_CONTROL)
            .add("content-type", DiscoveryDocuments.AGGREGATED_TYPE)
            .add("etag", document.etag())
            .add("vary", "Accept");
    return unchanged
        ? new Response.Buffered(304, headers, List.of())
        : new Response.Buffered(200, headers, List.of(new Response.Segment(document.json())));
  }

  /** An unknown version of a known group is a Status, anything else the plain text. */
  private Answer<Response> unknown(RequestInfo info) {
    String group = groupOf(info.path());
    for (ResourceGroup known : catalogue.groups()) {
      if (known.name().equals(group)) {
        throw new StatusException(
            new Status(
                404,
                Reason.NOT_FOUND,
                "the server could not find the requested resource",
                StatusDetails.EMPTY));
      }
    }
    return Answer.now(Responses.pathNotFound());
  }

  /** The group in /apis/group/version, "" for /api/version. */
  private static String groupOf(String path) {
    if (path.startsWith("/api/")) {
      return "";
    }
    int start = "/apis/".length();
    int end = path.indexOf('/', start);
    return end < 0 ? path.substring(start) : path.substring(start, end);
  }
}
