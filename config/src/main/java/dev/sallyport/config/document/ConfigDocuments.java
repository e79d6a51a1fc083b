package dev.sallyport.config.document;

import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The documents of a configuration file, YAML or JSON. Strict: a key twice, a tag, deep nesting and
 * more than a few aliases are faults; fields that nobody asked for are told by {@link
 * Fields#finish}.
 */
public final class ConfigDocuments {

  /** More characters than any configuration, exported policies included. */
  private static final int LONGEST = 16 << 20;

  private static final int MOST_ALIASES = 50;
  private static final int DEEPEST = 64;

  private ConfigDocuments() {}

  /**
   * The file's documents in order, without empty ones.
   *
   * @param faults where the fields note what is wrong with them, each in one line with its place
   * @throws InvalidFileException when it is no YAML at all
   */
  public static List<Fields> read(FileContent file, List<String> faults)
      throws InvalidFileException {
    List<Fields> documents = new ArrayList<>();
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(String.valueOf(file.file().getFileName()))
            .setAllowDuplicateKeys(false)
            .setAllowRecursiveKeys(false)
            .setMaxAliasesForCollections(MOST_ALIASES)
            .setCodePointLimit(LONGEST)
            .build();
    try {
      String text = text(file);
      checkDepth(file, new Parse(settings).parseString(text));
      for (Object content : new Load(settings).loadAllFromString(text)) {
        if (content != null) {
          documents.add(new Fields("", content, faults));
        }
      }
    } catch (MarkedYamlEngineException e) {
      // The engine's own message quotes lines of the file, which may hold a secret.
      String line = e.getProblemMark().map(mark -> "line " + (mark.getLine() + 1)).orElse("");
      throw new InvalidFileException(
          file.file(), "is no YAML or JSON: " + line + ": " + problem(e.getProblem()));
    } catch (YamlEngineException e) {
      throw new InvalidFileException(file.file(), "is no YAML or JSON: " + problem(e.getMessage()));
    }
    return documents;
  }

  /** Before anything is built, since building goes as deep as the text does. */
  private static void checkDepth(FileContent file, Iterable<Event> events)
      throws InvalidFileException {
    int depth = 0;
    for (Event event : events) {
      switch (event.getEventId()) {
        case MappingStart, SequenceStart -> depth++;
        case MappingEnd, SequenceEnd -> depth--;
        default -> {}
      }
      if (depth > DEEPEST) {
        throw new InvalidFileException(file.file(), "is nested deeper than " + DEEPEST);
      }
    }
  }

  private static String problem(@Nullable String message) {
    return String.valueOf(message).lines().findFirst().orElse("");
  }

  private static String text(FileContent file) throws InvalidFileException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file.bytes())).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidFileException(file.file(), "is not UTF-8", e);
    }
  }
}
