/* An application: appends 4 KiB and calls fdatasync, for ever. On SIGTERM it prints the longest time one such step took, in milliseconds.
   Argument: a file. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t over;
static void stop(int signal) { (void)signal; over = 1; }

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

int main(int argc, char **argv)
{
    static char block[4096];
    double longest = 0;
    int fd = argc == 2 ? open(argv[1], O_WRONLY | O_CREAT | O_TRUNC, 0600) : -1;
    if (fd < 0)
        return 2;
    signal(SIGTERM, stop);
    memset(block, 'x', sizeof block);
    while (!over) {
        double start = now(), step;
        if (write(fd, block, sizeof block) != sizeof block || fdatasync(fd) != 0)
            return 1;
        step = now() - start;
        if (step > longest)
            longest = step;
    }
    printf("%.2f\n", longest);
    return 0;
}
