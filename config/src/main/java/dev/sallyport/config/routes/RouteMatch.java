package dev.sallyport.config.routes;

import java.util.List;

/**
 * What a request must look like. Of each list that is not empty, one entry must fit; of the headers
 * all must.
 *
 * @param hosts names in lower case without port; {@code *.example.org} stands for every name below
 *     example.org
 * @param serverNames as {@code hosts}, of the name that the client asked for in its TLS handshake
 * @param pathPrefix whole segments, without a slash at its end: "" for every path
 * @param methods in upper case
 */
public record RouteMatch(
    List<String> hosts,
    List<String> serverNames,
    String pathPrefix,
    List<String> methods,
    List<HeaderMatch> headers) {

  public static final RouteMatch ALL =
      new RouteMatch(List.of(), List.of(), "", List.of(), List.of());

  public RouteMatch {
    hosts = List.copyOf(hosts);
    serverNames = List.copyOf(serverNames);
    methods = List.copyOf(methods);
    headers = List.copyOf(headers);
  }
}
