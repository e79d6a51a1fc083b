package dev.sallyport.server.endpoint;

import dev.sallyport.api.Answer;
import dev.sallyport.resources.ResourceCatalogue;
import dev.sallyport.resources.ResourceGroup;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.JsonText;
import dev.sallyport.server.response.ResponseWriter;
import java.util.Collection;
import java.util.TreeSet;

/** /: the paths there are. */
public final class RootEndpoint implements Endpoint {

  private final ResourceCatalogue catalogue;
  private final Collection<String> others;
  private final ResponseWriter writer;

  /**
   * @param others paths that do not follow from the catalogue
   */
  public RootEndpoint(
      ResourceCatalogue catalogue, Collection<String> others, ResponseWriter writer) {
    this.catalogue = catalogue;
    this.others = others;
    this.writer = writer;
  }

  @Override
  public Answer<Response> answer(RequestContext context) {
    JsonText json = new JsonText().raw("{\"paths\":[");
    String separator = "";
    for (String path : paths()) {
      json.raw(separator).string(path);
      separator = ",";
    }
    return Answer.now(writer.json(context, json.raw("]}").bytes()));
  }

  private TreeSet<String> paths() {
    TreeSet<String> paths = new TreeSet<>(others);
    paths.remove("/");
    for (ResourceGroup group : catalogue.groups()) {
      String base = group.name().isEmpty() ? "/api" : "/apis/" + group.name();
      paths.add(base);
      for (ResourceGroup.Version version : group.versions()) {
        paths.add(base + "/" + version.name());
      }
    }
    return paths;
  }
}
