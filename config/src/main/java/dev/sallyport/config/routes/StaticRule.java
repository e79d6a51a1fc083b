package dev.sallyport.config.routes;

import java.util.List;

/**
 * What is allowed without asking anybody. What is "" or empty restricts nothing.
 *
 * @param user the caller's name
 * @param groups the caller is in one of them
 * @param resourceRequest whether it is about resources; else about paths
 * @param path for paths only
 */
public record StaticRule(
    String user,
    List<String> groups,
    String verb,
    boolean resourceRequest,
    String namespace,
    String apiGroup,
    String resource,
    String subresource,
    String name,
    String path) {
  public StaticRule {
    groups = List.copyOf(groups);
  }
}
