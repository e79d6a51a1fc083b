package dev.sallyport.server.endpoint;

import dev.sallyport.api.Answer;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.JsonText;
import dev.sallyport.server.response.ResponseWriter;
import java.util.Set;

/**
 * /version: the Kubernetes version whose API this is. Sallyport's own stands behind the plus, where
 * version numbers carry what does not count in comparisons.
 */
public final class VersionEndpoint implements Endpoint {

  /** The Kubernetes release that clients may take this server for. */
  public static final String KUBERNETES = "v1.36.3";

  /** Where it is asked for. Before something else these tell that one's version. */
  public static final Set<String> PATHS = Set.of("/version", "/version/");

  private final ResponseWriter writer;
  private final byte[] json;

  /**
   * @param own Sallyport's version, such as 0.1.0
   */
  public VersionEndpoint(ResponseWriter writer, String own) {
    this.writer = writer;
    this.json =
        new JsonText()
            .raw("{\"major\":\"1\",\"minor\":\"36\"")
            .raw(",\"emulationMajor\":\"1\",\"emulationMinor\":\"36\"")
            .raw(",\"minCompatibilityMajor\":\"1\",\"minCompatibilityMinor\":\"35\"")
            .raw(",\"gitVersion\":")
            .string(KUBERNETES + "+sallyport." + own)
            .raw(",\"gitCommit\":\"\",\"gitTreeState\":\"clean\"")
            .raw(",\"buildDate\":\"1970-01-01T00:00:00Z\",\"goVersion\":\"\"")
            .raw(",\"compiler\":")
            .string("java " + Runtime.version().feature())
            .raw(",\"platform\":")
            .string("linux/" + System.getProperty("os.arch", ""))
            .raw('}')
            .bytes();
  }

  @Override
  public Answer<Response> answer(RequestContext context) {
    return Answer.now(writer.json(context, json));
  }
}
