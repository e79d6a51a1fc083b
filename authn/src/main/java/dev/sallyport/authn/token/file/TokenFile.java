package dev.sallyport.authn.token.file;

import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.token.cache.TokenDigest;
import dev.sallyport.authn.union.AuthenticatedGroup;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of static tokens: {@code token,user,uid} and optionally {@code "group1,group2"}; further
 * columns mean nothing. Immutable; holds digests, not tokens.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#static-token-file">Static
 *     token file</a>
 */
public final class TokenFile {
  private static final Logger LOG = LoggerFactory.getLogger(TokenFile.class);
  private static final int COLUMNS = 3;

  private final Map<TokenDigest, UserInfo> users;

  private TokenFile(Map<TokenDigest, UserInfo> users) {
    this.users = users;
  }

  /**
   * The tokens that files hold, for use with a file watcher.
   *
   * @throws InvalidFileException when a file is no UTF-8, no CSV, has a row of fewer than three
   *     columns or one without a user; the message names the line and no token
   */
  public static TokenFile parse(List<FileContent> files) throws InvalidFileException {
    Map<TokenDigest, UserInfo> users = new HashMap<>();
    for (FileContent file : files) {
      try {
        for (CsvReader.Row row : CsvReader.read(text(file))) {
          add(users, file, row);
        }
      } catch (CsvReader.CsvException e) {
        throw new InvalidFileException(file.file(), String.valueOf(e.getMessage()));
      }
    }
    return new TokenFile(users);
  }

  /** Whose token it is, or null. */
  @Nullable UserInfo find(String token) {
    return users.get(TokenDigest.of(token));
  }

  private static void add(Map<TokenDigest, UserInfo> users, FileContent file, CsvReader.Row row)
      throws InvalidFileException {
    List<String> values = row.values();
    if (values.size() < COLUMNS) {
      throw new InvalidFileException(
          file.file(),
          "line "
              + row.line()
              + ": "
              + values.size()
              + " columns (expected at least 3: token,user,uid)");
    }
    if (values.get(0).isEmpty()) {
      LOG.warn("{}: line {}: skipped, its token is empty", file.file(), row.line());
      return;
    }
    if (values.get(1).isEmpty()) {
      throw new InvalidFileException(
          file.file(), "line " + row.line() + ": a token of nobody (expected: a user's name)");
    }
    List<String> groups = values.size() > COLUMNS ? split(values.get(COLUMNS)) : List.of();
    UserInfo user =
        AuthenticatedGroup.of(new UserInfo(values.get(1), values.get(2), groups, Map.of()));
    if (users.put(TokenDigest.of(values.get(0)), user) != null) {
      LOG.warn(
          "{}: line {}: replaces an earlier line with the same token", file.file(), row.line());
    }
  }

  private static List<String> split(String groups) {
    List<String> names = new ArrayList<>();
    int from = 0;
    for (int comma = groups.indexOf(','); comma >= 0; comma = groups.indexOf(',', from)) {
      names.add(groups.substring(from, comma));
      from = comma + 1;
    }
    names.add(groups.substring(from));
    return names;
  }

  /** Without a byte-order mark, which would make the first token unusable. */
  private static String text(FileContent file) throws InvalidFileException {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file.bytes())).toString();
      if (text.indexOf('\0') >= 0) {
        throw new InvalidFileException(file.file(), "holds NUL characters (expected: UTF-8 text)");
      }
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new InvalidFileException(file.file(), "is not UTF-8");
    }
  }
}
