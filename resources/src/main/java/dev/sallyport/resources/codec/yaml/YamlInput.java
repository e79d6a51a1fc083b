package dev.sallyport.resources.codec.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.sallyport.resources.codec.canonical.DecodeFailure;
import dev.sallyport.resources.codec.json.JsonInput;
import dev.sallyport.resources.codec.json.Utf8;
import java.io.ByteArrayInputStream;
import java.util.Iterator;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads the first document of a YAML text as JSON. Scalars resolve by the rules of YAML 1.1 that
 * Kubernetes' library keeps ({@code yes} is true, {@code 0644} is octal); no tag makes an object.
 *
 * @see <a href="https://yaml.org/spec/1.1/">YAML 1.1</a>
 */
public final class YamlInput {

  private YamlInput() {}

  /**
   * @param value what the document says; null when it says nothing
   * @param problems keys that stand twice, in Go's words
   */
  public record Document(JsonNode value, List<String> problems) {}

  /**
   * @throws DecodeFailure when it is no YAML, or too much of it
   */
  public static Document read(byte[] yaml) {
    Utf8.check(yaml);
    LoadSettings settings =
        LoadSettings.builder()
            .setCodePointLimit(JsonInput.MAX_BYTES)
            .setParseComments(false)
            .build();
    try {
      Iterator<Event> events =
          new Parse(settings).parseInputStream(new ByteArrayInputStream(yaml)).iterator();
      YamlTree tree = new YamlTree(events);
      JsonNode value = tree.document();
      return new Document(
          value instanceof MissingNode ? NullNode.instance : value, tree.problems());
    } catch (MarkedYamlEngineException e) {
      String line =
          e.getProblemMark().map(mark -> "line " + (mark.getLine() + 1) + ": ").orElse("");
      throw new DecodeFailure("error converting YAML to JSON: yaml: " + line + e.getProblem());
    } catch (YamlEngineException e) {
      throw new DecodeFailure("error converting YAML to JSON: yaml: " + e.getMessage());
    }
  }
}
