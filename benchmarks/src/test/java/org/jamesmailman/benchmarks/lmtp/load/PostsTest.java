// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jamesmailman.mailman.message.HeapMessage;
import org.jamesmailman.mailman.message.MimeAnalyzer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostsTest {
    @ParameterizedTest
    @ValueSource(ints = {4_096, 102_400})
    void arePostsOfThatSizeWithoutDefectsNoTwoOfThemAlike(int size) throws IOException {
        Posts posts = new Posts(size, 3, 4, 2, "run");
        String first = text(posts.next());
        Posts.Post post = posts.next();
        String second = text(post);

        assertThat(first).hasSize(size + ".\r\n".length()).endsWith("\r\n.\r\n").isNotEqualTo(second);
        assertThat(first.lines().filter(line -> line.startsWith("."))).containsExactly(".");
        assertThat(post.recipients()).containsExactly("list4@example.com", "list1@example.com", "list2@example.com");
        // The second of the two members of the fourth list.
        assertThat(post.mail()).startsWith("firstname.surname8@");
        assertThat(new MimeAnalyzer()
                        .analyze(new HeapMessage(first.getBytes(StandardCharsets.US_ASCII)))
                        .isSound())
                .isTrue();
    }

    private static String text(Posts.Post post) {
        return StandardCharsets.US_ASCII.decode(post.content()).toString();
    }
}
