/* The least that flushing, freezing and thawing several file systems can cost:
   syncfs in parallel, FIFREEZE in parallel, FITHAW. Arguments: mount points. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/fs.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

static void *flush(void *fd) { return (void *)(long)syncfs(*(int *)fd); }
static void *freeze(void *fd) { return (void *)(long)ioctl(*(int *)fd, FIFREEZE, 0); }

static void in_parallel(void *(*call)(void *), int *fds, int count)
{
    pthread_t threads[64];
    for (int i = 0; i < count; i++)
        pthread_create(&threads[i], NULL, call, &fds[i]);
    for (int i = 0; i < count; i++) {
        void *result;
        pthread_join(threads[i], &result);
        if (result)
            fprintf(stderr, "a call failed on file system %d\n", i);
    }
}

int main(int argc, char **argv)
{
    int fds[64], count = argc - 1;
    if (count < 1 || count > 64)
        return 2;
    for (int i = 0; i < count; i++)
        if ((fds[i] = open(argv[i + 1], O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0) {
            perror(argv[i + 1]);
            return 1;
        }
    in_parallel(flush, fds, count);
    in_parallel(freeze, fds, count);
    for (int i = count - 1; i >= 0; i--)
        ioctl(fds[i], FITHAW, 0);
    return 0;
}
